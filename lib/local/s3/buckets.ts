import { createHash } from 'node:crypto';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Objects } from './objects.ts';

/** An object as it is kept. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** In quotes, as S3 spells it. */
  readonly etag: string;
  readonly modifiedAtMs: number;
  /** In base64, where the sender keeps one. */
  readonly crc32?: string;
}

/** The buckets of the account by name, and their objects by key. */
export type Buckets = Map<string, Map<string, StoredObject>>;

/** The objects as the other services of the account see them. */
export function toObjects(buckets: Buckets): Objects {
  return {
    get: (bucket, key) => buckets.get(bucket)?.get(key)?.body,
    hasBucket: (bucket) => buckets.has(bucket),
  };
}

/** Keeps an object, in place of one that had its key. */
export function putObject(
  buckets: Buckets,
  place: { readonly bucket: string; readonly key: string },
  {
    body,
    contentType,
    crc32,
    nowMs,
  }: {
    readonly body: Uint8Array;
    readonly contentType: string;
    readonly crc32?: string | undefined;
    readonly nowMs: number;
  },
): StoredObject {
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const stored: StoredObject = {
    body,
    contentType,
    etag,
    modifiedAtMs: nowMs,
    ...(crc32 === undefined ? {} : { crc32 }),
  };
  bucketOf(buckets, place.bucket).set(place.key, stored);
  return stored;
}

/** Finds an object; throws AWS's `NoSuchBucket` or `NoSuchKey`. */
export function objectOf(buckets: Buckets, bucket: string, key: string): StoredObject {
  const stored = bucketOf(buckets, bucket).get(key);
  if (stored !== undefined) return stored;
  throw new AwsFault('The specified key does not exist.', { code: 'NoSuchKey', status: 404 });
}

/** Finds a bucket; throws AWS's `NoSuchBucket`. */
export function bucketOf(buckets: Buckets, bucket: string): Map<string, StoredObject> {
  const objects = buckets.get(bucket);
  if (objects !== undefined) return objects;
  throw new AwsFault('The specified bucket does not exist', { code: 'NoSuchBucket', status: 404 });
}

import {
  CreateBucket$,
  type CreateBucketRequest,
  DeleteObject$,
  type DeleteObjectRequest,
  GetObject$,
  type GetObjectRequest,
  HeadBucket$,
  type HeadBucketRequest,
  HeadObject$,
  PutObject$,
} from '@aws-sdk/client-s3';
import type { AccountCore } from '../account-core.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, operation, type Service } from '../wire/operation.ts';
import { type Buckets, bucketOf, objectOf, putObject, type StoredObject } from './buckets.ts';

/** A request to store an object, with the body that has arrived. */
export interface PutObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly ContentType: string;
  readonly ChecksumCRC32?: string;
}

/** Creates S3 as far as a deployment's assets need it; `s3-door.ts` brings it to the wire. */
export function createS3Service(core: AccountCore, buckets: Buckets): Service {
  return {
    name: 's3',
    protocol: 'rest-json',
    denied: { code: 'AccessDenied', status: 403 },
    operations: [...bucketOperations(core, buckets), ...objectOperations(buckets)],
  };
}

function bucketOperations(core: AccountCore, buckets: Buckets): readonly Operation[] {
  return [
    operation<CreateBucketRequest, object>(CreateBucket$, {
      needs: ({ Bucket = '' }) => [{ action: 's3:CreateBucket', resource: arnOf(Bucket) }],
      handle: ({ Bucket = '' }) => createBucket(core, buckets, Bucket),
      trail: ({ Bucket = '' }) => ({
        eventName: 'CreateBucket',
        request: { bucketName: Bucket },
        response: () => null,
      }),
    }),
    operation<HeadBucketRequest, object>(HeadBucket$, {
      needs: ({ Bucket = '' }) => [{ action: 's3:ListBucket', resource: arnOf(Bucket) }],
      handle: ({ Bucket = '' }) => {
        bucketOf(buckets, Bucket);
        return {};
      },
    }),
  ];
}

/** CloudTrail calls these data events, which a trail does not log unless told to. */
function objectOperations(buckets: Buckets): readonly Operation[] {
  return [
    operation<PutObjectInput, StoredObject>(PutObject$, {
      needs: needsOn('s3:PutObject'),
      handle: ({ Bucket: bucket, Key: key, ...input }, { nowMs }) =>
        putObject(
          buckets,
          { bucket, key },
          {
            body: input.Body,
            contentType: input.ContentType,
            crc32: input.ChecksumCRC32,
            nowMs,
          },
        ),
    }),
    ...[GetObject$, HeadObject$].map((schema) =>
      operation<GetObjectRequest, StoredObject>(schema, {
        needs: needsOn('s3:GetObject'),
        handle: ({ Bucket = '', Key = '' }) => objectOf(buckets, Bucket, Key),
      }),
    ),
    operation<DeleteObjectRequest, object>(DeleteObject$, {
      needs: needsOn('s3:DeleteObject'),
      handle: ({ Bucket = '', Key = '' }) => {
        bucketOf(buckets, Bucket).delete(Key);
        return {};
      },
    }),
  ];
}

function createBucket(core: AccountCore, buckets: Buckets, bucket: string): object {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new AwsFault('The specified bucket is not valid.', {
      code: 'InvalidBucketName',
      status: 400,
    });
  }
  // AWS: us-east-1 alone takes the owner's second request as a success.
  if (buckets.has(bucket) && core.region !== 'us-east-1') {
    throw new AwsFault(
      'Your previous request to create the named bucket succeeded and you already own it.',
      { code: 'BucketAlreadyOwnedByYou', status: 409 },
    );
  }
  if (!buckets.has(bucket)) buckets.set(bucket, new Map());
  return {};
}

function needsOn(action: string) {
  return ({
    Bucket = '',
    Key = '',
  }: {
    readonly Bucket: string | undefined;
    readonly Key: string | undefined;
  }) => [{ action, resource: `${arnOf(Bucket)}/${Key}` }];
}

function arnOf(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

import { crc32 } from 'node:zlib';
import { AwsFault } from '../wire/aws-fault.ts';
import type { WireRequest } from '../wire/http.ts';
import type { StoredObject } from './buckets.ts';

/** What an operation of S3 answers beside a body. */
export type S3Headers = Readonly<Record<string, string>>;

// AWS: every new object is encrypted with S3's own keys, unless the bucket says otherwise.
const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' };

/** The headers of a bucket that was made or asked for. */
export function bucketHeaders(operationName: string, bucket: string, region: string): S3Headers {
  if (operationName === 'CreateBucket') {
    const isHome = region === 'us-east-1';
    return { location: isHome ? `/${bucket}` : `http://${bucket}.s3.amazonaws.com/` };
  }
  return { 'x-amz-bucket-region': region, 'x-amz-access-point-alias': 'false' };
}

/** The headers of an object that was stored. */
export function storedHeaders({ etag, crc32: checksum }: StoredObject): S3Headers {
  return { etag, ...ENCRYPTED, ...checksumHeaders(checksum) };
}

/** The headers of an object that is read; AWS names its checksum only to those who ask. */
export function objectHeaders(
  { etag, body, contentType, modifiedAtMs, crc32: checksum }: StoredObject,
  { headers }: WireRequest,
): S3Headers {
  return {
    etag,
    'accept-ranges': 'bytes',
    'content-type': contentType,
    'content-length': String(body.length),
    'last-modified': new Date(modifiedAtMs).toUTCString(),
    ...ENCRYPTED,
    ...(headers['x-amz-checksum-mode'] === undefined ? {} : checksumHeaders(checksum)),
  };
}

/** The CRC32 of a body whose sender keeps one, compared with what the sender says; undefined where it does not. */
export function checkChecksum({ headers }: WireRequest, body: Uint8Array): string | undefined {
  const given = headers['x-amz-checksum-crc32'];
  const isKept = given !== undefined || headers['x-amz-trailer'] === 'x-amz-checksum-crc32';
  if (!isKept) return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  const checksum = bytes.toString('base64');
  if (given === undefined || given === checksum) return checksum;
  throw new AwsFault('The CRC32 you specified did not match the calculated checksum.', {
    code: 'BadDigest',
    status: 400,
  });
}

function checksumHeaders(checksum: string | undefined): S3Headers {
  if (checksum === undefined) return {};
  return { 'x-amz-checksum-crc32': checksum, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

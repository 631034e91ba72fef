import type { S3 } from '@aws-sdk/client-s3';
import { refused } from './watched-service.ts';

const Bucket = 'assets';

/** A bucket and an object in it, as a deployment puts it there. */
export async function walkS3(s3: S3): Promise<void> {
  await s3.createBucket({ Bucket });
  await s3.headBucket({ Bucket });
  const one = { Bucket, Key: 'folder/code.zip' };
  await s3.putObject({ ...one, Body: 'code', ContentType: 'application/zip' });
  const { Body } = await s3.getObject(one);
  await Body?.transformToByteArray();
  await s3.headObject({ ...one, ChecksumMode: 'ENABLED' });
  await refused(
    s3.createBucket({ Bucket }),
    s3.headBucket({ Bucket: 'nobody' }),
    s3.getObject({ Bucket, Key: 'none' }),
    s3.headObject({ Bucket, Key: 'none' }),
  );
  await s3.deleteObject(one);
}

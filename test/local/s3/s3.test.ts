import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueKey, newPrincipal } from '../../../lib/local/identity/principals.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const Bucket = 'cdk-hnb659fds-assets-123456789012-us-east-1';

let account: FullAccount;
let client: S3Client;

beforeAll(async () => {
  account = await startFullAccount();
  client = new S3Client({ ...account.settings(), forcePathStyle: true });
});

afterAll(async () => {
  client.destroy();
  await account.close();
});

describe('objects', () => {
  it('are there as they were put, with their type, hash and time', async () => {
    const Body = new Uint8Array([0, 1, 254, 255]);
    const Key = 'folder/my file+1.zip';
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/zip' }));
    const read = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToByteArray()).toEqual(Body);
    expect(read).toMatchObject({
      ContentType: 'application/zip',
      ContentLength: 4,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      LastModified: new Date(account.clock.nowMs()),
    });
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 4, ETag: read.ETag });
  });

  it('are unwrapped when they come in signed chunks', async () => {
    const response = await fetch(`${account.endpoint}/${Bucket}/chunked`, {
      method: 'PUT',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/s3/aws4_request',
        'content-encoding': 'aws-chunked',
      },
      body: '2\r\nhi\r\n0\r\n\r\n',
    });
    expect(response.status).toBe(200);
    const read = await client.send(new GetObjectCommand({ Bucket, Key: 'chunked' }));
    expect(await read.Body?.transformToString()).toBe('hi');
  });

  it('are refused where they are not what their checksum says', async () => {
    const ChecksumCRC32 = 'AAAAAA==';
    const put = new PutObjectCommand({ Bucket, Key: 'bad', Body: 'x', ChecksumCRC32 });

    await expect(client.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('are gone once they are deleted', async () => {
    const place = { Bucket, Key: 'gone' };
    await client.send(new PutObjectCommand({ ...place, Body: 'x' }));
    await client.send(new DeleteObjectCommand(place));
    await expect(client.send(new GetObjectCommand(place))).rejects.toMatchObject({
      name: 'NoSuchKey',
      message: 'The specified key does not exist.',
    });
    await expect(client.send(new HeadObjectCommand(place))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('cannot be put into a bucket that does not exist', async () => {
    const put = new PutObjectCommand({ Bucket: 'nobody', Key: 'a', Body: 'x' });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('are refused to a user whose policy does not allow it, in the words of AWS', async () => {
    const writer = new S3Client({
      ...account.settings(
        account.user('writer', {
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${Bucket}/mine/*`,
        }),
      ),
      forcePathStyle: true,
    });
    await writer.send(new PutObjectCommand({ Bucket, Key: 'mine/a', Body: 'x' }));
    const other = new PutObjectCommand({ Bucket, Key: 'theirs/a', Body: 'x' });
    await expect(writer.send(other)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `s3:PutObject on resource: arn:aws:s3:::${Bucket}/theirs/a because no identity-based policy`,
      ),
      $metadata: { httpStatusCode: 403 },
    });
    writer.destroy();
  });

  it('are refused to a key that nobody has', async () => {
    const stranger = new S3Client({
      ...account.settings({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }),
      forcePathStyle: true,
    });
    const get = new GetObjectCommand({ Bucket, Key: 'a' });
    await expect(stranger.send(get)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    stranger.destroy();
  });

  it.each([
    ["with another one's token", { sessionToken: 'another' }, 'InvalidToken'],
    ['that is over', {}, 'ExpiredToken'],
  ])('are refused to a session %s', async (_case, change, name) => {
    const { principals, clock } = account.core;
    const role = newPrincipal(principals, { kind: 'role', name: 'late', nowMs: clock.nowMs() });
    const session = { name: 's', nowMs: clock.nowMs(), expiresAtMs: clock.nowMs() };
    const late = new S3Client({
      ...account.settings({ ...issueKey(principals, role, session), ...change }),
      forcePathStyle: true,
    });

    const get = new GetObjectCommand({ Bucket, Key: 'a' });
    await expect(late.send(get)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
    late.destroy();
  });
});

describe('buckets', () => {
  it('are created once, and a second time without harm', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
    await client.send(new PutObjectCommand({ Bucket: 'my-bucket', Key: 'a', Body: 'x' }));
    await client.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
    await client.send(new HeadObjectCommand({ Bucket: 'my-bucket', Key: 'a' }));
    await client.send(new HeadBucketCommand({ Bucket: 'my-bucket' }));
    expect(account.records('CreateBucket')[0]).toMatchObject({
      requestParameters: { bucketName: 'my-bucket' },
    });
  });

  it('are refused a second time outside us-east-1', async () => {
    const elsewhere = await startFullAccount({ region: 'eu-central-1' });
    const s3 = new S3Client({ ...elsewhere.settings(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
    await expect(s3.send(new CreateBucketCommand({ Bucket: 'my-bucket' }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
    s3.destroy();
    await elsewhere.close();
  });

  it('need a name that S3 allows', async () => {
    await expect(
      client.send(new CreateBucketCommand({ Bucket: 'My_Bucket' })),
    ).rejects.toMatchObject({ name: 'InvalidBucketName' });
  });

  it('are missing with status 404', async () => {
    await expect(client.send(new HeadBucketCommand({ Bucket: 'nobody' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('cannot be listed, and say so', async () => {
    await expect(client.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: `the local account does not offer \`GET /${Bucket}/?list-type=2\` of s3`,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('a path that is no text', () => {
  it('is answered with a fault', async () => {
    const response = await fetch(`${account.endpoint}/${Bucket}/%ff`, {
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/s3/aws4_request',
      },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>InvalidURI</Code>');
  });
});

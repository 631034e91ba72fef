import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, QUEUE } from './queues.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
});

afterAll(async () => {
  await stacks.close();
});

describe('TemplateURL', () => {
  const Key = 'folder/template.json';
  const create = (TemplateURL: string, StackName = 'from-url') =>
    stacks.client.send(new CreateStackCommand({ StackName, TemplateURL }));

  beforeAll(async () => {
    const s3 = new S3Client({ ...stacks.account.settings(), forcePathStyle: true });
    const Body = JSON.stringify({ Resources: { A: QUEUE } });
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
    await s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: 'large', Body: ' '.repeat(1_000_001) }),
    );
    s3.destroy();
  });

  it.each([
    ['path', `https://s3.us-east-1.amazonaws.com/${BUCKET}/${Key}`],
    ['virtual-hosted', `https://${BUCKET}.s3.us-east-1.amazonaws.com/${Key}`],
    ['old-virtual-hosted', `https://${BUCKET}.s3.amazonaws.com/${Key}`],
  ])('reads an object in %s style', async (style, url) => {
    await create(url, `url-${style}`);
    await stacks.account.settle();
    expect(await stacks.history(`url-${style}`)).toContain('CREATE_COMPLETE');
  });

  it.each([
    ['s3://bucket/key', 'TemplateURL must be a supported URL.'],
    ['nonsense', 'TemplateURL must be a supported URL.'],
    ['https://s3.amazonaws.com/bucket', 'TemplateURL must be a supported URL.'],
    [`https://s3.amazonaws.com/${BUCKET}/nothing`, 'S3 error: The specified key does not exist.'],
    [`https://s3.amazonaws.com/${BUCKET}/large`, 'Template may not exceed 1000000 bytes in size.'],
  ])('refuses %s', async (url, message) => {
    await expect(create(url)).rejects.toMatchObject({ name: 'ValidationError', message });
  });

  it('needs the right to read the object', async () => {
    const { account } = stacks;
    const user = account.user('blind', {
      Effect: 'Allow',
      Action: 'cloudformation:*',
      Resource: '*',
    });
    const client = new CloudFormationClient(account.settings(user));
    const TemplateURL = `${account.endpoint}/${BUCKET}/${Key}`;
    await expect(
      client.send(new CreateStackCommand({ StackName: 'blind', TemplateURL })),
    ).rejects.toThrow(`s3:GetObject on resource: arn:aws:s3:::${BUCKET}/${Key}`);
    client.destroy();
  });
});

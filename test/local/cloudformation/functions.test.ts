import {
  GetFunctionCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET } from './queues.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const NETWORK = {
  SubnetIds: ['subnet-071f712345678e7c8'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};

let stacks: StackAccount;
let lambda: LambdaClient;

beforeAll(async () => {
  stacks = await startStackAccount();
  lambda = new LambdaClient(stacks.account.settings());
  const s3 = new S3Client({ ...stacks.account.settings(), forcePathStyle: true });
  for (const Key of ['one.zip', 'two.zip']) {
    const Body = zipSync({ 'index.mjs': new TextEncoder().encode(`export const a = '${Key}';`) });
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  }
  s3.destroy();
});

afterAll(async () => {
  lambda.destroy();
  await stacks.close();
});

function template(properties: object, mapping: object | undefined = {}) {
  return {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: BUCKET, S3Key: 'one.zip' },
          Role: ROLE,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          ...properties,
        },
      },
      ...(mapping === undefined
        ? {}
        : {
            Mapping: {
              Type: 'AWS::Lambda::EventSourceMapping',
              Properties: {
                EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
                FunctionName: { Ref: 'Function' },
                BatchSize: 10,
                Enabled: false,
                ...mapping,
              },
            },
          }),
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
  };
}

async function configuration(stack: string) {
  const FunctionName = await stacks.physicalId(stack, 'Function');
  return lambda.send(new GetFunctionCommand({ FunctionName }));
}

describe('a function of a stack', () => {
  it('is made with its settings, and a mapping to it while it is still pending', async () => {
    const statement = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
    stacks.account.allow(
      'lambda-role',
      JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    );
    await stacks.create(
      'made',
      template(
        {
          Timeout: '30',
          MemorySize: 512,
          Environment: { Variables: { A: 'b' } },
          Tags: [{ Key: 'team', Value: 'ops' }],
          ReservedConcurrentExecutions: 2,
          VpcConfig: NETWORK,
        },
        {
          ScalingConfig: { MaximumConcurrency: 2 },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      ),
    );
    expect(await stacks.failures('made')).toEqual([]);
    const { Configuration, Tags, Concurrency } = await configuration('made');
    expect(Configuration).toMatchObject({
      FunctionArn: (await stacks.outputs('made'))['Arn'],
      Timeout: 30,
      MemorySize: 512,
      Environment: { Variables: { A: 'b' } },
      VpcConfig: { ...NETWORK, VpcId: 'vpc-0a1b2c3d4e5f60001' },
    });
    expect(Tags).toEqual({ team: 'ops' });
    expect(Concurrency).toEqual({ ReservedConcurrentExecutions: 2 });
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings).toEqual([
      expect.objectContaining({
        BatchSize: 10,
        ScalingConfig: { MaximumConcurrency: 2 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    ]);
  });

  it('is changed in code and configuration, one after the other, as time passes', async () => {
    const before = await configuration('made');
    await stacks.account.advance(600_000);
    const stack = await stacks.update(
      'made',
      template(
        {
          Code: { S3Bucket: BUCKET, S3Key: 'two.zip' },
          MemorySize: 256,
          Tags: [{ Key: 'owner', Value: 'ops' }],
        },
        { BatchSize: 5 },
      ),
    );
    expect(await stacks.failures('made')).toEqual([]);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    await stacks.account.advance(600_000);
    const { Configuration, Tags, Concurrency } = await configuration('made');
    expect(Configuration?.CodeSha256).not.toBe(before.Configuration?.CodeSha256);
    expect(Configuration).toMatchObject({ Timeout: 3, MemorySize: 256, Environment: {} });
    expect(Configuration?.VpcConfig?.SubnetIds ?? []).toEqual([]);
    expect(Tags).toEqual({ owner: 'ops' });
    expect(Concurrency).toBeUndefined();
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings[0]).toMatchObject({ BatchSize: 5 });
  });

  it('loses its tags where the template no longer names any', async () => {
    const same = { Code: { S3Bucket: BUCKET, S3Key: 'two.zip' }, MemorySize: 256 };
    await stacks.update('made', template(same, { BatchSize: 5 }));
    expect((await configuration('made')).Tags ?? {}).toEqual({});
  });

  it('is removed with its stack', async () => {
    expect((await stacks.remove('made')).StackStatus).toBe('DELETE_COMPLETE');
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    expect(EventSourceMappings).toEqual([]);
  });

  it.each([
    ['nodejs24.x', 'exports.handler = async () => 1;'],
    ['python3.13', 'def handler(event, context): return 1'],
  ])('takes source text of %s that stands in the template', async (Runtime, ZipFile) => {
    const name = `inline-${Runtime.slice(0, 4)}`;
    const stack = await stacks.create(name, template({ Runtime, Code: { ZipFile } }, undefined));
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect((await configuration(name)).Configuration?.CodeSize).toBeGreaterThan(100);
  });

  it('says why a setting of the wrong type is refused', async () => {
    const stack = await stacks.create('wrong', template({ Timeout: 'soon' }, undefined));
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.failures('wrong')).join()).toContain('Timeout is of the wrong type');
  });
});

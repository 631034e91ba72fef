import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import { HERE, type Scene, setScene } from './lambda-scene.ts';

const BAD_NAMES = [
  'a function',
  'f:1:2',
  'f:$OLDEST',
  'arn:aws:s3:::f',
  '12345:function:f',
  'f'.repeat(65),
  `us-east-1:123456789012:function:${'f'.repeat(120)}`,
];

const INVALID = 'InvalidParameterValueException';

let scene: Scene;

beforeAll(async () => {
  const account = await startFullAccount();
  scene = setScene({ account, observe: (client) => client });
  await scene.attached('f');
});
afterAll(async () => {
  scene.leave();
  await scene.account.close();
});

describe('a name that no function may have', () => {
  it.each(BAD_NAMES)('is refused by every call on a function: %s', async (FunctionName) => {
    const { lambda } = scene;
    const calls = [
      () => lambda.createFunction({ ...MINIMAL, FunctionName }),
      () => lambda.getFunction({ FunctionName }),
      () => lambda.getFunctionConfiguration({ FunctionName }),
      () => lambda.updateFunctionConfiguration({ FunctionName }),
      () => lambda.updateFunctionCode({ FunctionName, ZipFile: Buffer.from('zip') }),
      () => lambda.deleteFunction({ FunctionName }),
      () => lambda.publishVersion({ FunctionName }),
      () => lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 0 }),
      () => lambda.createAlias({ FunctionName, Name: 'live', FunctionVersion: '1' }),
      () => lambda.createEventSourceMapping({ FunctionName }),
      () => lambda.invoke({ FunctionName }),
    ];

    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining("at 'functionName' failed to satisfy constraint"),
        $metadata: { httpStatusCode: 400 },
      });
    }
  });
});

describe('VPC settings', () => {
  const ids = (prefix: string, count: number) =>
    Array.from({ length: count }, (_none, index) => `${prefix}-${index}`);

  it.each([
    ['17 subnets', { ...HERE, SubnetIds: ids('subnet', 17) }, 'ValidationException'],
    ['16 unknown subnets', { ...HERE, SubnetIds: ids('subnet', 16) }, INVALID],
    ['6 groups', { ...HERE, SecurityGroupIds: ids('sg', 6) }, 'ValidationException'],
    ['5 unknown groups', { ...HERE, SecurityGroupIds: ids('sg', 5) }, INVALID],
    ['no groups', { ...HERE, SecurityGroupIds: [] }, INVALID],
    ['no subnets', { ...HERE, SubnetIds: [] }, INVALID],
  ])(
    'are refused with %s, when a function is made and when it is changed',
    async (_what, VpcConfig, name) => {
      const { lambda } = scene;

      await expect(
        lambda.createFunction({ ...MINIMAL, FunctionName: 'new', VpcConfig }),
      ).rejects.toMatchObject({ name });
      await expect(
        lambda.updateFunctionConfiguration({ FunctionName: 'f', VpcConfig }),
      ).rejects.toMatchObject({ name });
    },
  );
});

describe('settings', () => {
  it.each([
    ['runtime', { Runtime: 'nodejs1.x' as never }],
    ['tracingConfig.mode', { TracingConfig: { Mode: 'Loud' as never } }],
    ['snapStart.applyOn', { SnapStart: { ApplyOn: 'Never' as never } }],
    ['loggingConfig.logFormat', { LoggingConfig: { LogFormat: 'XML' as never } }],
    ['ephemeralStorage.size', { EphemeralStorage: { Size: 511 } }],
    ['description', { Description: 'x'.repeat(100_000) }],
    ['handler', { Handler: 'x'.repeat(129) }],
  ])('are refused where %s is none of those that Lambda knows', async (member, settings) => {
    const { lambda } = scene;
    const refusal = {
      name: 'ValidationException',
      message: expect.stringContaining(`at '${member}' failed to satisfy constraint`),
    };

    await expect(
      lambda.createFunction({ ...MINIMAL, FunctionName: 'new', ...settings }),
    ).rejects.toMatchObject(refusal);
    await expect(
      lambda.updateFunctionConfiguration({ FunctionName: 'f', ...settings }),
    ).rejects.toMatchObject(refusal);
  });

  it.each([
    ['packageType', { PackageType: 'Tar' as never }],
    ['architectures', { Architectures: ['riscv' as never] }],
    ['architectures', { Architectures: ['arm64' as const, 'x86_64' as const] }],
  ])('are refused for a new function where %s is none of those', async (member, settings) => {
    await expect(
      scene.lambda.createFunction({ ...MINIMAL, FunctionName: 'new', ...settings }),
    ).rejects.toThrow(`at '${member}' failed to satisfy constraint`);
  });

  it('log in levels where they log in JSON, and stay where a change does not name them', async () => {
    const { lambda, seconds } = scene;
    const FunctionName = 'logging';
    const LoggingConfig = { LogFormat: 'JSON', SystemLogLevel: 'WARN' } as const;
    const json = await lambda.createFunction({ ...MINIMAL, FunctionName, LoggingConfig });
    await seconds(1);
    const LogGroup = '/own';
    const moved = await lambda.updateFunctionConfiguration({
      FunctionName,
      LoggingConfig: { LogGroup },
    });
    await seconds(1);
    const text = await lambda.updateFunctionConfiguration({
      FunctionName,
      LoggingConfig: { LogFormat: 'Text' },
    });
    await seconds(1);
    const levels = { LogFormat: 'Text', ApplicationLogLevel: 'DEBUG' } as const;

    const answered = { ...LoggingConfig, ApplicationLogLevel: 'INFO' };
    expect(json.LoggingConfig).toEqual({ ...answered, LogGroup: '/aws/lambda/logging' });
    expect(moved.LoggingConfig).toEqual({ ...answered, LogGroup });
    expect(text.LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup });
    await expect(
      lambda.updateFunctionConfiguration({ FunctionName, LoggingConfig: levels }),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('what this account does not have', () => {
  it.each([
    ['tenants', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' as const } }],
    ['durable executions', { DurableConfig: { ExecutionTimeout: 60 } }],
    [
      'code by reference',
      { Code: { S3Bucket: 'b', S3Key: 'k', S3ObjectStorageMode: 'REFERENCE' as const } },
    ],
  ])('is refused, not ignored: %s', async (_what, input) => {
    await expect(
      scene.lambda.createFunction({ ...MINIMAL, FunctionName: 'new', ...input }),
    ).rejects.toThrow(/^the local account /);
  });
});

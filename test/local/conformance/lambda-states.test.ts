import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import cases from '../../cases/function-states.json' with { type: 'json' };
import { startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import { HERE, IDLE_SECONDS, type Scene, SECONDS_TO_ATTACH, setScene } from './lambda-scene.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
const VPC = 'vpc-0a1b2c3d4e5f60001';

/** What has a place in an answer only in some of the states. */
const STATE_FIELDS = [
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
] as const;

/** What AWS answers of every function, whatever its state. */
const ALWAYS = {
  Runtime: 'nodejs16.x',
  Role: MINIMAL.Role,
  Handler: 'index.js',
  Description: '',
  MemorySize: 128,
  Version: '$LATEST',
  TracingConfig: { Mode: 'PassThrough' },
  PackageType: 'Zip',
  Architectures: ['x86_64'],
  EphemeralStorage: { Size: 512 },
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  CodeSize: 10,
  CodeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
  LastModified: expect.stringMatching(/^2026-1\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
  RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  VpcConfig: { SubnetIds: HERE.SubnetIds, VpcId: VPC, Ipv6AllowedForDualStack: false },
};

const REFUSALS = {
  Pending: { name: 'ResourceConflictException', message: currently('Pending') },
  Failed: { name: 'ResourceConflictException', message: currently('Failed') },
  InProgress: {
    name: 'ResourceConflictException',
    message: expect.stringMatching(
      /^The operation cannot be performed at this time\. An update is in progress for resource: arn:/,
    ),
  },
  NotReady: { name: 'ResourceNotReadyException', $metadata: { httpStatusCode: 502 } },
};

type Call = (scene: Scene, name: string) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  invoke: ({ lambda }, name) => lambda.invoke({ FunctionName: name }),
  configure: ({ lambda }, name) =>
    lambda.updateFunctionConfiguration({ FunctionName: name, Timeout: 9 }),
  recode: ({ lambda }, name) =>
    lambda.updateFunctionCode({ FunctionName: name, ZipFile: Buffer.from('other zip!') }),
  publish: ({ lambda }, name) => lambda.publishVersion({ FunctionName: name }),
  tag: ({ lambda }, name) => lambda.tagResource({ Resource: `${ARN}${name}`, Tags: { a: 'b' } }),
};

const STEPS: Readonly<Record<string, Call>> = {
  create: ({ lambda, account }, FunctionName) =>
    lambda.createFunction({ ...MINIMAL, FunctionName, VpcConfig: ownGroup(account, FunctionName) }),
  attach: ({ lambda, account }, FunctionName) => {
    const VpcConfig = ownGroup(account, `${FunctionName}2`);
    return lambda.updateFunctionConfiguration({ FunctionName, VpcConfig });
  },
  configure: ({ lambda }, FunctionName) =>
    lambda.updateFunctionConfiguration({ FunctionName, Description: '', Timeout: 5 }),
  wait: ({ seconds }) => seconds(SECONDS_TO_ATTACH),
  sleep: ({ seconds }) => seconds(IDLE_SECONDS),
  hold: async ({ holdRole }) => holdRole(true),
  release: async ({ holdRole }) => holdRole(false),
  wake: ({ lambda }, FunctionName) => lambda.invoke({ FunctionName }).catch(() => undefined),
};

describe('a function that is', () => {
  let scene: Scene;

  beforeEach(async () => {
    const account = await startFullAccount();
    scene = setScene({ account, observe: (client) => client });
  });
  afterEach(async () => {
    scene.leave();
    await scene.account.close();
  });

  const bring = async (name: string, steps: readonly string[]) => {
    for (const step of steps) await STEPS[step]?.(scene, name);
  };

  it.each(cases)('$state answers what it is, and nothing else', async ({ steps, present }) => {
    const { lambda } = scene;
    const FunctionName = 'f';
    await bring(FunctionName, steps);

    const { Configuration = {} } = await lambda.getFunction({ FunctionName });
    const { $metadata, ...alone } = await lambda.getFunctionConfiguration({ FunctionName });
    const { Functions: [listed = {}] = [] } = await lambda.listFunctions({});
    const { Versions: [version = {}] = [] } = await lambda.listVersionsByFunction({ FunctionName });

    expect(Configuration).toMatchObject({ ...ALWAYS, FunctionArn: `${ARN}f` });
    expect(Configuration.RuntimeVersionConfig?.RuntimeVersionArn).toContain('::runtime:');
    expect(alone).toEqual(Configuration);
    expect(stateOf(Configuration)).toEqual(present);
    expect(listed).toMatchObject({ ...ALWAYS, FunctionArn: `${ARN}f` });
    expect(version).toMatchObject({ ...ALWAYS, FunctionArn: `${ARN}f:$LATEST` });
    for (const short of [listed, version]) {
      expect(stateOf(short)).toEqual({});
      expect(short).not.toHaveProperty('RuntimeVersionConfig');
    }
  });

  it.each(cases)('$state takes the calls that it may take only', async ({ steps, refused }) => {
    const refusals: Readonly<Record<string, string>> = refused;
    for (const [callName, call] of Object.entries(CALLS)) {
      const name = `f-${callName}`;
      await bring(name, steps);
      const asked = call(scene, name);
      const refusal = refusals[callName];

      if (refusal === undefined) await expect(asked).resolves.toHaveProperty('$metadata');
      else await expect(asked).rejects.toMatchObject(refusalOf(refusal));
    }
  });
});

/** A group of its own, so that nobody shares the function's network interface. */
function ownGroup({ network }: Scene['account'], name: string) {
  const groupId = `sg-${Buffer.from(name).toString('hex').padStart(17, '0').slice(-17)}`;
  network.securityGroups.set(groupId, { groupId, groupName: name, description: '', vpcId: VPC });
  return { ...HERE, SecurityGroupIds: [groupId] };
}

function stateOf(configuration: FunctionConfiguration): object {
  return Object.fromEntries(
    STATE_FIELDS.map((field) => [field, configuration[field]]).filter(([, value]) => value),
  );
}

function refusalOf(name: string): object {
  return Object.entries(REFUSALS).find(([key]) => key === name)?.[1] ?? {};
}

function currently(state: string): string {
  return `The operation cannot be performed at this time. The function is currently in the following state: ${state}`;
}

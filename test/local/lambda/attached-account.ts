import {
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { deletePolicy, putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import type { LocalAccountOptions } from '../../../lib/local/start-local-account.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { MINIMAL } from './small-account.ts';

export const PRIVATE_A = 'subnet-071f712345678e7c8';
export const PRIVATE_B = 'subnet-07fd123456788a036';
export const GROUP = 'sg-085912345678492fb';
export const DEFAULT_GROUP = 'sg-0a1b2c3d4e5f6d001';
export const VPC = 'vpc-0a1b2c3d4e5f60001';

/** Where most functions of these tests are attached. */
export const HERE = { SubnetIds: [PRIVATE_A], SecurityGroupIds: [GROUP] };

/** Every service, with short words for what these tests do over the wire. */
export interface AttachedAccount extends FullAccount {
  readonly lambda: LambdaClient;
  readonly ec2: EC2Client;
  /** Creates a function; it is pending still. */
  readonly create: (FunctionName: string, input?: object) => Promise<unknown>;
  readonly attach: (FunctionName: string, vpcConfig: VpcConfig) => Promise<unknown>;
  readonly publish: (FunctionName: string) => Promise<unknown>;
  readonly read: (
    FunctionName: string,
    Qualifier?: string,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** What the function answers. */
  readonly invoke: (
    FunctionName: string,
    input?: { readonly Qualifier?: string; readonly payload?: object },
  ) => Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
  /** Those of Lambda. */
  readonly interfaces: (...Filters: Filter[]) => Promise<readonly NetworkInterfaceLike[]>;
  readonly freeAddresses: (subnetId: string) => Promise<number | undefined>;
  readonly seconds: (seconds: number) => Promise<void>;
  /** Replaces what `lambda-role` may do. */
  readonly limitRole: (...actions: readonly string[]) => void;
  readonly stop: () => Promise<void>;
}

interface NetworkInterfaceLike {
  readonly NetworkInterfaceId?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly Status?: string | undefined;
}

/** Starts the account. */
export async function startAttachedAccount(
  options: LocalAccountOptions = {},
): Promise<AttachedAccount> {
  const account = await startFullAccount(options);
  const lambda = new LambdaClient(account.settings());
  const ec2 = new EC2Client(account.settings());
  const { principals } = account.core;
  return {
    ...account,
    lambda,
    ec2,
    create: (FunctionName, input = { VpcConfig: HERE }) =>
      lambda.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL, ...input })),
    attach: (FunctionName, VpcConfig) =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig })),
    publish: (FunctionName) => lambda.send(new PublishVersionCommand({ FunctionName })),
    read: async (FunctionName, Qualifier) => ({
      ...(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }))),
    }),
    invoke: async (FunctionName, { Qualifier, payload = {} } = {}) => {
      const Payload = JSON.stringify(payload);
      const answer = await lambda.send(new InvokeCommand({ FunctionName, Qualifier, Payload }));
      return JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8'));
    },
    interfaces: async (...Filters) => {
      const ofLambda = { Name: 'interface-type', Values: ['lambda'] };
      const command = new DescribeNetworkInterfacesCommand({ Filters: [ofLambda, ...Filters] });
      return (await ec2.send(command)).NetworkInterfaces ?? [];
    },
    freeAddresses: async (subnetId) => {
      const command = new DescribeSubnetsCommand({ SubnetIds: [subnetId] });
      return (await ec2.send(command)).Subnets?.[0]?.AvailableIpAddressCount;
    },
    seconds: (seconds) => account.advance(seconds * 1000),
    limitRole: (...actions) => {
      const role = { kind: 'role', name: 'lambda-role' } as const;
      const names = [...(principals.roles.get('lambda-role')?.policies.keys() ?? [])];
      for (const policyName of names) deletePolicy(principals, { ...role, policyName });
      const Statement = [{ Effect: 'Allow', Action: actions, Resource: '*' }];
      const text = JSON.stringify({ Version: '2012-10-17', Statement });
      if (actions.length > 0) putPolicy(principals, { ...role, policyName: 'limited' }, text);
    },
    stop: async () => {
      lambda.destroy();
      ec2.destroy();
      await account.close();
    },
  };
}

import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { type FullAccount, startFullAccount } from '../full-account.ts';

/** Members of a request beside the name of its stack. */
export type StackOptions = Omit<CreateStackInput, 'StackName'>;
type Client = CloudFormationClient;

/** An account and what tests do with its stacks; every change is waited for. */
export interface StackAccount {
  readonly account: FullAccount;
  readonly client: Client;
  readonly create: (
    name: string,
    template: object | string,
    options?: StackOptions,
  ) => Promise<Stack>;
  readonly update: (
    name: string,
    template: object | string,
    options?: StackOptions,
  ) => Promise<Stack>;
  /** Answers the deleted stack. */
  readonly remove: (name: string) => Promise<Stack>;
  /** Reasons of everything that failed, in order. */
  readonly failures: (name: string) => Promise<readonly string[]>;
  /** Reasons of everything that happened, in order. */
  readonly reasons: (name: string) => Promise<readonly string[]>;
  /** Statuses of one resource, or of the stack, in order. */
  readonly history: (name: string, logicalId?: string) => Promise<readonly string[]>;
  readonly physicalId: (name: string, logicalId: string) => Promise<string>;
  readonly outputs: (name: string) => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
}

const MOST_MINUTES = 90;

/** Starts the account. */
export async function startStackAccount(): Promise<StackAccount> {
  const account = await startFullAccount();
  const client = new CloudFormationClient(account.settings());
  const describe = async (name: string): Promise<Stack> => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0] ?? { StackName: name, CreationTime: undefined, StackStatus: undefined };
  };
  const events = async (StackName: string) =>
    (
      (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents ?? []
    ).reverse();
  const submit = async (name: string, send: () => Promise<unknown>) => {
    await send();
    // What waits for time waits for seconds, gateways for minutes, interfaces of functions for longer.
    for (let minutes = 0; minutes < MOST_MINUTES; minutes += 1) {
      await account.advance(60_000);
      const stack = await describe(name);
      if (!stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
    }
    return describe(name);
  };
  const toInput = (StackName: string, template: object | string, options: StackOptions = {}) => ({
    StackName,
    TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    ...options,
  });
  return {
    account,
    client,
    create: (name, template, options) =>
      submit(name, () => client.send(new CreateStackCommand(toInput(name, template, options)))),
    update: (name, template, options) =>
      submit(name, () => client.send(new UpdateStackCommand(toInput(name, template, options)))),
    remove: async (name) => {
      const { StackId = '' } = await describe(name);
      return submit(StackId, () => client.send(new DeleteStackCommand({ StackName: name })));
    },
    failures: async (name) =>
      (await events(name))
        .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
        .map(({ ResourceStatusReason = '' }) => ResourceStatusReason),
    reasons: async (name) =>
      (await events(name)).map(({ ResourceStatusReason = '' }) => ResourceStatusReason),
    history: async (name, logicalId = name) =>
      (await events(name))
        .filter(({ LogicalResourceId }) => LogicalResourceId === logicalId)
        .map(({ ResourceStatus = '' }) => ResourceStatus),
    physicalId: async (StackName, LogicalResourceId) => {
      const { StackResources = [] } = await client.send(
        new DescribeStackResourcesCommand({ StackName, LogicalResourceId }),
      );
      return StackResources[0]?.PhysicalResourceId ?? '';
    },
    outputs: async (name) =>
      Object.fromEntries(
        ((await describe(name)).Outputs ?? []).map(({ OutputKey, OutputValue = '' }) => [
          OutputKey,
          OutputValue,
        ]),
      ),
    close: async () => {
      client.destroy();
      await account.close();
    },
  };
}

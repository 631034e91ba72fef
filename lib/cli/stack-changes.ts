import {
  type Capability,
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';

/** Talks to CloudFormation, and knows how to wait. */
export interface StackClient {
  readonly client: CloudFormationClient;
  readonly wait: () => Promise<void>;
}

/** What a stack is to be made from. */
export interface StackChange {
  readonly stackName: string;
  readonly templateUrl: string;
}

/** How often a stack is looked at before it is given up. */
const MAX_LOOKS = 2400;

/** A stack in such a state can only be deleted. */
const STILLBORN = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED)$/;

/** Makes a stack or changes it, and waits until that is done; throws why it failed. */
export async function changeStack(stacks: StackClient, change: StackChange): Promise<Stack> {
  const { stackName } = change;
  const found = await findStack(stacks, stackName);
  const isStillborn = STILLBORN.test(found?.StackStatus ?? '');
  if (found !== undefined && isStillborn) await deleteStack(stacks, found);
  const existing = isStillborn ? undefined : found;
  await submit(stacks, change, existing);
  const stack = await untilDone(stacks, stackName);
  if (/^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus ?? '')) return stack;
  const reason = await failureReason(stacks, stackName);
  throw new Error(`the stack \`${stackName}\` ended in ${stack.StackStatus}: ${reason}`);
}

/** Deletes a stack and waits until it is gone. */
export async function deleteStack(stacks: StackClient, stack: Stack): Promise<void> {
  const name = stack.StackId ?? stack.StackName;
  await stacks.client.send(new DeleteStackCommand({ StackName: name }));
  const { StackStatus } = await untilDone(stacks, name ?? '');
  if (StackStatus === 'DELETE_COMPLETE') return;
  const reason = await failureReason(stacks, name ?? '');
  throw new Error(`the stack \`${stack.StackName}\` ended in ${StackStatus}: ${reason}`);
}

/** Finds a stack by name; undefined where there is none. */
export async function findStack(
  { client }: StackClient,
  stackName: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks[0];
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('does not exist')) return undefined;
    throw error;
  }
}

/** A stack that already is what it is to be stays as it is. */
async function submit(
  { client }: StackClient,
  { stackName, templateUrl }: StackChange,
  existing: Stack | undefined,
): Promise<void> {
  const Capabilities: Capability[] = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'];
  const input = { StackName: stackName, TemplateURL: templateUrl, Capabilities };
  try {
    await (existing === undefined
      ? client.send(new CreateStackCommand(input))
      : client.send(new UpdateStackCommand(input)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (reason === 'No updates are to be performed.') return;
    throw new Error(`could not deploy the stack \`${stackName}\`: ${reason}`, { cause });
  }
}

async function untilDone(stacks: StackClient, stackName: string): Promise<Stack> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const stack = await findStack(stacks, stackName);
    if (stack === undefined) throw new Error(`the stack \`${stackName}\` has disappeared`);
    if (!stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
    await stacks.wait();
  }
  throw new Error(`the stack \`${stackName}\` was not done after ${MAX_LOOKS} looks at it`);
}

/** The first failure since somebody asked for a change, on one line. */
async function failureReason({ client }: StackClient, stackName: string): Promise<string> {
  const { StackEvents = [] } = await client.send(
    new DescribeStackEventsCommand({ StackName: stackName }),
  );
  const start = StackEvents.findIndex(
    ({ ResourceStatusReason: reason }) => reason === 'User Initiated',
  );
  const failed = StackEvents.slice(0, start === -1 ? undefined : start)
    .reverse()
    .find(({ ResourceStatus: status }) => status?.endsWith('_FAILED'));
  return failed === undefined ? 'CloudFormation does not say why' : describeFailure(failed);
}

function describeFailure(event: StackEvent): string {
  const reason = event.ResourceStatusReason ?? 'no reason given';
  return `\`${event.LogicalResourceId}\` (${event.ResourceType}): ${reason.replaceAll(/\s+/g, ' ')}`;
}

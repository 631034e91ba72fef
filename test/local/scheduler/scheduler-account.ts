import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  type CreateScheduleCommandOutput,
  SchedulerClient,
  type Target,
} from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';

export const ARN = 'arn:aws:scheduler:us-east-1:123456789012';
export const ROLE = 'arn:aws:iam::123456789012:role/runner';
export const INBOX = 'arn:aws:sqs:us-east-1:123456789012:inbox';
export const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
export const AT_TIMES: Pick<CreateScheduleCommandInput, 'FlexibleTimeWindow'> = {
  FlexibleTimeWindow: { Mode: 'OFF' },
};

/** Every service, two queues and a role that the scheduler may become for the default group. */
export interface SchedulerAccount extends FullAccount {
  readonly scheduler: SchedulerClient;
  /** Creates a schedule whose target is the inbox, unless it is given. */
  readonly create: (
    Name: string,
    input?: Omit<Partial<CreateScheduleCommandInput>, 'Target'> & { readonly Target?: object },
  ) => Promise<CreateScheduleCommandOutput>;
  /** Gives the role other permissions. */
  readonly permit: (...actions: readonly string[]) => void;
  /** The bodies of the messages in a queue. */
  readonly bodies: (queueArn?: string) => readonly string[];
  readonly stop: () => Promise<void>;
}

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {
          'aws:SourceAccount': '123456789012',
          'aws:SourceArn': [`${ARN}:schedule-group/default`, `${ARN}:schedule-group/nightly`],
        },
      },
    },
  ],
};

/** Starts the account. */
export async function startSchedulerAccount(): Promise<SchedulerAccount> {
  const account = await startFullAccount();
  const scheduler = new SchedulerClient(account.settings());
  const sqs = new SQSClient(account.settings());
  for (const QueueName of ['inbox', 'dead']) await sqs.send(new CreateQueueCommand({ QueueName }));
  sqs.destroy();
  const { principals } = account.core;
  const trust = JSON.stringify(TRUST);
  newPrincipal(principals, { kind: 'role', name: 'runner', nowMs: START_MS, trust });
  newPrincipal(principals, { kind: 'role', name: 'stranger', nowMs: START_MS });
  const permit = (...Action: readonly string[]) => {
    const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
    const text = JSON.stringify({ Version: '2012-10-17', Statement });
    putPolicy(principals, { kind: 'role', name: 'runner', policyName: 'own' }, text);
  };
  permit('sqs:SendMessage', 'sns:Publish', 'lambda:InvokeFunction');
  return {
    ...account,
    scheduler,
    create: (Name, { Target: target, ...input } = {}) => {
      const Target: Target = { Arn: INBOX, RoleArn: ROLE, Input: Name, ...target };
      const ScheduleExpression = 'rate(6 hours)';
      const command = { Name, ScheduleExpression, ...AT_TIMES, ...input, Target };
      return scheduler.send(new CreateScheduleCommand(command));
    },
    permit,
    bodies: (queueArn = INBOX) => account.queues.peek(queueArn).map(({ body }) => body),
    stop: async () => {
      scheduler.destroy();
      await account.close();
    },
  };
}

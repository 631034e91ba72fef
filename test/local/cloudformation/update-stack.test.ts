import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributesOf, BROKEN_QUEUE, QUEUE, queuesNamed, TOPIC } from './queues.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;
let sqs: SQSClient;

beforeAll(async () => {
  stacks = await startStackAccount();
  sqs = new SQSClient(stacks.account.settings());
});

afterAll(async () => {
  sqs.destroy();
  await stacks.close();
});

describe('UpdateStack', () => {
  const queue = (Properties: object) => ({ ...QUEUE, Properties });

  it('changes in place, replaces, adds and removes', async () => {
    await stacks.create('evolving', {
      Resources: {
        Kept: queue({ VisibilityTimeout: 10, DelaySeconds: 5 }),
        Renamed: queue({ QueueName: 'evolving-old' }),
        Left: QUEUE,
        Retained: { ...QUEUE, DeletionPolicy: 'Retain' },
        Same: QUEUE,
      },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Renamed', 'QueueName'] } } },
    });
    const kept = await stacks.physicalId('evolving', 'Kept');
    const stack = await stacks.update('evolving', {
      Resources: {
        Kept: queue({ VisibilityTimeout: 20 }),
        Renamed: queue({ QueueName: 'evolving-new' }),
        Added: QUEUE,
        Same: QUEUE,
      },
      Outputs: { Name: { Value: { 'Fn::GetAtt': ['Renamed', 'QueueName'] } } },
    });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stack.LastUpdatedTime).toBeInstanceOf(Date);
    expect(await stacks.physicalId('evolving', 'Kept')).toBe(kept);
    expect(await attributesOf(sqs, kept)).toMatchObject({
      VisibilityTimeout: '20',
      DelaySeconds: '0',
    });
    expect(await stacks.outputs('evolving')).toEqual({ Name: 'evolving-new' });
    expect(await queuesNamed(sqs, 'evolving-old')).toEqual([]);
    expect(await queuesNamed(sqs, 'evolving-Left')).toEqual([]);
    expect(await queuesNamed(sqs, 'evolving-Retained')).toHaveLength(1);
    expect(await queuesNamed(sqs, 'evolving-Added')).toHaveLength(1);
    expect(await stacks.history('evolving', 'Same')).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_COMPLETE',
    ]);
    expect(await stacks.history('evolving')).toContain('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  });

  it('takes everything back where a resource is refused', async () => {
    const before = {
      Resources: {
        Changed: queue({ VisibilityTimeout: 10 }),
        Replaced: queue({ QueueName: 'undone-old' }),
        Moved: { ...QUEUE, DeletionPolicy: 'Retain' },
      },
    };
    await stacks.create('undone', before);
    const changed = await stacks.physicalId('undone', 'Changed');
    const stack = await stacks.update('undone', {
      Resources: {
        Changed: queue({ VisibilityTimeout: 20 }),
        Replaced: queue({ QueueName: 'undone-new' }),
        Moved: QUEUE,
        Added: QUEUE,
        Broken: { ...BROKEN_QUEUE, DependsOn: ['Added', 'Changed', 'Moved', 'Replaced'] },
      },
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await attributesOf(sqs, changed)).toMatchObject({ VisibilityTimeout: '10' });
    expect(await queuesNamed(sqs, 'undone-old')).toHaveLength(1);
    expect(await queuesNamed(sqs, 'undone-new')).toEqual([]);
    expect(await queuesNamed(sqs, 'undone-Added')).toEqual([]);
    expect(
      (await stacks.update('undone', { Resources: { ...before.Resources, Added: QUEUE } }))
        .StackStatus,
    ).toBe('UPDATE_COMPLETE');
  });

  it('refuses to replace a resource that keeps its own name', async () => {
    const topic = (key: string) => ({
      ...TOPIC,
      Properties: { TopicName: 'named', Tags: [{ Key: key, Value: '' }] },
    });
    await stacks.create('named', { Resources: { Topic: topic('a') } });
    const stack = await stacks.update('named', { Resources: { Topic: topic('b') } });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await stacks.failures('named')).toEqual([
      'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename named and update the stack again.',
    ]);
  });

  it('replaces a resource whose type changes', async () => {
    await stacks.create('typed', { Resources: { A: QUEUE } });
    const stack = await stacks.update('typed', { Resources: { A: TOPIC } });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await stacks.physicalId('typed', 'A')).toMatch(/^arn:aws:sns:/);
    expect(await queuesNamed(sqs, 'typed-A')).toEqual([]);
  });

  it('changes nothing where a property is not supported', async () => {
    const stack = await stacks.update('typed', {
      Resources: { A: { ...TOPIC, Properties: { FifoTopic: true } } },
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  it('takes a new value of a parameter for the template that it has', async () => {
    const template = {
      Parameters: { Seconds: { Type: 'Number', Default: '30' } },
      Resources: { A: queue({ VisibilityTimeout: { Ref: 'Seconds' } }) },
    };
    await stacks.create('parametric', template);
    await stacks.client.send(
      new UpdateStackCommand({
        StackName: 'parametric',
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Seconds', ParameterValue: '40' }],
      }),
    );
    await stacks.account.settle();
    const url = await stacks.physicalId('parametric', 'A');
    expect(await attributesOf(sqs, url)).toMatchObject({ VisibilityTimeout: '40' });
  });

  it('says so where nothing changes', async () => {
    await expect(stacks.update('typed', { Resources: { A: TOPIC } })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
  });

  it('refuses a stack that is missing, and one that failed', async () => {
    await expect(stacks.update('nobody', { Resources: { A: QUEUE } })).rejects.toThrow(
      'Stack with id nobody does not exist',
    );
    await stacks.create('unsupported', { Resources: { A: BROKEN_QUEUE } });
    await expect(stacks.update('unsupported', { Resources: { A: QUEUE } })).rejects.toThrow(
      /^Stack:arn:.* is in ROLLBACK_COMPLETE state and can not be updated\.$/,
    );
  });
});

import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE, queuesNamed } from './queues.ts';
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

describe('DeleteStack', () => {
  it('removes resources against the order in which they were made, but those that are retained', async () => {
    await stacks.create('short', {
      Resources: {
        A: { ...QUEUE, DeletionPolicy: 'Retain' },
        B: { ...QUEUE, DependsOn: 'A' },
        C: { ...QUEUE, DependsOn: 'B' },
      },
    });
    const gone = await stacks.remove('short');
    expect(gone).toMatchObject({ StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) });
    const id = gone.StackId ?? '';
    expect(await stacks.history(id, 'A')).toContain('DELETE_SKIPPED');
    expect(await queuesNamed(sqs, 'short-')).toHaveLength(1);
    const deletions = stacks.account.records('DeleteQueue').slice(-2);
    expect(JSON.stringify(deletions[0])).toContain('short-C');
    expect(JSON.stringify(deletions[1])).toContain('short-B');
  });

  it('is a success for a stack that is missing', async () => {
    const command = new DeleteStackCommand({ StackName: 'nobody' });
    await expect(stacks.client.send(command)).resolves.toBeDefined();
  });

  it('leaves no trace of it by name', async () => {
    await expect(
      stacks.client.send(new DescribeStacksCommand({ StackName: 'short' })),
    ).rejects.toMatchObject({ message: 'Stack with id short does not exist' });
  });

  it('fails where a resource cannot be removed, and can be tried again', async () => {
    const { account } = stacks;
    await stacks.create('sticky', { Resources: { A: QUEUE } });
    const user = account.user('half', {
      Effect: 'Allow',
      Action: 'cloudformation:*',
      Resource: '*',
    });
    const client = new CloudFormationClient(account.settings(user));
    await client.send(new DeleteStackCommand({ StackName: 'sticky' }));
    await account.settle();
    expect(await stacks.history('sticky')).toContain('DELETE_FAILED');
    expect((await stacks.remove('sticky')).StackStatus).toBe('DELETE_COMPLETE');
    client.destroy();
  });

  it('passes over a resource that somebody else has removed', async () => {
    await stacks.create('bare', { Resources: { A: QUEUE } });
    stacks.account.queues.byName.clear();
    expect((await stacks.remove('bare')).StackStatus).toBe('DELETE_COMPLETE');
  });
});

import {
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStacksCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE } from './queues.ts';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;

beforeAll(async () => {
  stacks = await startStackAccount();
  for (const name of ['slow', 'ordered', 'bare']) {
    await stacks.create(name, { Resources: { Queue: QUEUE } });
  }
  await stacks.remove('bare');
});

afterAll(async () => {
  await stacks.close();
});

describe('reading stacks', () => {
  it('lists stacks by status, newest first, deleted ones too', async () => {
    const { StackSummaries = [] } = await stacks.client.send(
      new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
    );
    expect(StackSummaries[0]?.StackName).toBe('bare');
    const { StackSummaries: all = [] } = await stacks.client.send(new ListStacksCommand({}));
    expect(all.length).toBeGreaterThan(StackSummaries.length);
  });

  it('describes all stacks that are left', async () => {
    const { Stacks = [] } = await stacks.client.send(new DescribeStacksCommand({}));
    const names = Stacks.map(({ StackName }) => StackName);
    expect(names).toContain('ordered');
    expect(names).not.toContain('bare');
  });

  it('refuses a token that it never gave', async () => {
    await expect(stacks.client.send(new DescribeStacksCommand({ NextToken: 'x' }))).rejects.toThrow(
      'Next token is invalid.',
    );
  });

  it('answers the template as it was given', async () => {
    const { TemplateBody } = await stacks.client.send(
      new GetTemplateCommand({ StackName: 'slow' }),
    );
    expect(TemplateBody).toBe(JSON.stringify({ Resources: { Queue: QUEUE } }));
  });

  it('validates a template without making anything', async () => {
    const template = {
      Description: 'valid',
      Parameters: { P: { Type: 'String', Default: 'x', Description: 'a text' } },
      Resources: { A: QUEUE },
    };
    const answer = await stacks.client.send(
      new ValidateTemplateCommand({ TemplateBody: JSON.stringify(template) }),
    );
    expect(answer).toMatchObject({
      Description: 'valid',
      Parameters: [{ ParameterKey: 'P', DefaultValue: 'x', NoEcho: false, Description: 'a text' }],
    });
  });
});

import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import unshown from '../../cases/unshown-cloudformation.json' with { type: 'json' };
import { createConformance, explain } from '../../support/conformance.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { makePlenty, turnPages } from './cloudformation-plenty.ts';
import { playBrokenStack, playHeldStack, playOneStack } from './cloudformation-stacks.ts';
import { operationsOf, serviceIn } from './watched-service.ts';

type Page = Readonly<Record<string, unknown>>;

let account: FullAccount;
let stacks: CloudFormation;
let unseen: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  account = await startFullAccount();
  const service = serviceIn(account.core.services, 'cloudformation');
  const watch = createConformance(service, '@aws-sdk/client-cloudformation');
  stacks = watch.observe(new CloudFormation(account.settings()));
  const scene = { account, stacks };
  for (const play of [playOneStack, playBrokenStack, playHeldStack, makePlenty, turnPages])
    await play(scene);
  unseen = new Map(service.operations.map(({ name }) => [name, watch.unseen(name)]));
});

afterAll(async () => {
  stacks.destroy();
  await account.close();
});

describe('CloudFormation', () => {
  it.each(operationsOf('cloudformation'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});

describe('lists in pages', () => {
  const lists: readonly (readonly [string, (NextToken?: string) => Promise<Page>, number])[] = [
    [
      'DescribeStacks',
      async (token) => ({ ...(await stacks.describeStacks({ NextToken: token })) }),
      105,
    ],
    ['ListStacks', async (token) => ({ ...(await stacks.listStacks({ NextToken: token })) }), 106],
    [
      'ListExports',
      async (token) => ({ ...(await stacks.listExports({ NextToken: token })) }),
      102,
    ],
    [
      'ListImports',
      async (token) => ({ ...(await stacks.listImports({ ExportName: 'S0', NextToken: token })) }),
      101,
    ],
    [
      'DescribeStackEvents',
      async (token) => ({
        ...(await stacks.describeStackEvents({ StackName: 'exporter', NextToken: token })),
      }),
      204,
    ],
  ];

  it.each(lists)('of %s hold everything once', async (_operation, read, count) => {
    const walked: unknown[] = [];
    let token: string | undefined;
    do {
      const { NextToken, ...answer }: Page = await read(token);
      walked.push(...Object.values(answer).filter(Array.isArray).flat());
      token = typeof NextToken === 'string' ? NextToken : undefined;
    } while (token !== undefined);

    expect(new Set(walked.map((item) => JSON.stringify(item))).size).toBe(count);
    expect(walked).toHaveLength(count);
  });

  it.each(lists)('of %s go on from no token but their own', async (_operation, read) => {
    await expect(read('x')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Next token is invalid.',
    });
  });
});

describe('the token of a request', () => {
  it('lets the same request be sent again', async () => {
    const input = {
      StackName: 'again',
      TemplateBody: JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
      ClientRequestToken: 'again',
    };
    const first = await stacks.createStack(input);
    const second = await stacks.createStack(input);
    await account.advance(60_000);

    expect(second).toMatchObject({ StackId: first.StackId, OperationId: first.OperationId });
    const { StackEvents = [] } = await stacks.describeStackEvents({ StackName: 'again' });
    expect(StackEvents).toHaveLength(4);
    expect(StackEvents[0]).toMatchObject({ ClientRequestToken: 'again' });
  });
});

describe('events', () => {
  it('tell no value that is not to be echoed', async () => {
    const template = {
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Secret' } } },
      },
    };
    await stacks.createStack({
      StackName: 'quiet',
      TemplateBody: JSON.stringify(template),
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'untold' }],
    });
    await account.advance(60_000);

    const { StackEvents = [] } = await stacks.describeStackEvents({ StackName: 'quiet' });
    const told = StackEvents.map(({ ResourceProperties }) => ResourceProperties);
    expect(told).toContain('{"QueueName":"****"}');
    expect(told.join()).not.toContain('untold');
  });
});

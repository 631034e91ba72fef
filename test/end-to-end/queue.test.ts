import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const REAL_RECORDS = join(import.meta.dirname, '../../../shared/fixtures/cloudtrail');
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:';

describe('the deployed queue', () => {
  let deployed: DeployedAccount;
  let sqs: SQSClient;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    sqs = new SQSClient(adminOf(deployed.account));
  });

  afterAll(async () => {
    sqs.destroy();
    await deployed.close();
  });

  const deliver = async (body: string): Promise<Delivered> => {
    const { account, outputs } = deployed;
    const before = {
      invocations: account.journal.invocations.length,
      calls: account.journal.calls.length,
    };
    await sqs.send(new SendMessageCommand({ QueueUrl: outputs['QueueUrl'], MessageBody: body }));
    await account.settle();
    return {
      lines: account.journal.invocations
        .slice(before.invocations)
        .flatMap(({ logLines }) => logLines)
        .filter((line) => line.includes('"message"'))
        .map((line) => JSON.parse(line) as LogLine),
      writes: account.journal.calls
        .slice(before.calls)
        .filter(({ operation }) => operation === 'PutItem' || operation === 'UpdateItem').length,
    };
  };
  const queueNamed = (output: string) => {
    const url = deployed.outputs[output] ?? '';
    return deployed.account.queues.peek(`${QUEUE_ARN}${url.slice(url.lastIndexOf('/') + 1)}`);
  };

  describe('with real records of CloudTrail', () => {
    const isThere = existsSync(REAL_RECORDS);
    const files = isThere ? readdirSync(REAL_RECORDS).filter((name) => name.endsWith('.json')) : [];

    it.skipIf(!isThere)(
      '(skipped where the folder of real records is not beside the project)',
      () => {
        expect(files.length).toBeGreaterThan(0);
      },
    );

    it.each(files)('judges or ignores %s with a reason', async (file) => {
      const record = JSON.parse(readFileSync(join(REAL_RECORDS, file), 'utf8')) as object;

      const { lines } = await deliver(JSON.stringify('detail' in record ? record : wrap(record)));

      expect(lines).toHaveLength(1);
      expect(['function judged', 'message ignored']).toContain(lines[0]?.message);
      expect(lines[0]?.reason).toEqual(expect.stringMatching(/.{10}/));
      expect(queueNamed('DeadLetterQueueUrl')).toEqual([]);
    });
  });

  describe('with malformed input', () => {
    const own = (order: unknown) => JSON.stringify({ source: 'lambda-vpc-guardrail', order });
    const hostile = '{"a":'.repeat(100_000);

    it.each([
      { what: 'no JSON', body: 'hello' },
      { what: 'a cut envelope', body: '{"version":"0","detail":{"eventName":"Cre' },
      { what: 'a list', body: '[]' },
      { what: 'a detail of the wrong type', body: JSON.stringify(wrap(7)) },
      {
        what: 'an event name of the wrong type',
        body: JSON.stringify(wrap({ ...CREATE, eventName: 7 })),
      },
      { what: 'an order of the wrong type', body: own('look') },
      {
        what: 'an order with a hostile name',
        body: own({ functionArn: '../../etc/passwd\n', hops: 0, wake: false }),
      },
      { what: 'half a megabyte of nesting that is cut', body: hostile },
      { what: 'a megabyte of nesting', body: `${'['.repeat(520_000)}${']'.repeat(520_000)}` },
      {
        what: 'a hostile prototype',
        body: own({ __proto__: { functionArn: 'x' }, constructor: 1 }),
      },
    ])(
      'sets $what aside after one receive, with one log line and nothing written',
      async ({ body }) => {
        const before = queueNamed('DeadLetterQueueUrl').length;

        const { lines, writes } = await deliver(body);

        expect(lines.map(({ message }) => message)).toEqual(['message set aside']);
        expect(lines[0]).toMatchObject({ level: 'ERROR', code: 'INPUT_MALFORMED' });
        expect(writes).toBe(0);
        expect(queueNamed('QueueUrl')).toEqual([]);
        const dead = queueNamed('DeadLetterQueueUrl');
        expect(dead).toHaveLength(before + 1);
        expect(dead.at(-1)?.messageAttributes['fault']?.stringValue).toMatch(/\S.{5}/);
      },
    );
  });

  it('answers 200 warm events that change no attachment with one read each and no new connection', async () => {
    const { account, create } = deployed;
    await create('steady', NETWORK.approved);
    await account.advance(10 * 60_000);
    const created = account.journal.events.findLast(({ eventName }) =>
      eventName.startsWith('CreateFunction'),
    );
    const event = (index: number) =>
      JSON.stringify(
        wrap({
          ...created,
          eventName: 'UpdateFunctionConfiguration20150331v2',
          eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          eventTime: new Date(account.clock.nowMs() + index * 1000)
            .toISOString()
            .replace('.000', ''),
          requestParameters: { functionName: 'steady', timeout: index },
        }),
      );
    for (let index = 0; index < 20; index++) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deployed.outputs['QueueUrl'],
          MessageBody: event(index),
        }),
      );
    }
    await account.settle();
    const calls = account.journal.calls.length;
    const connections = new Map(account.journal.connections);
    const invocations = account.journal.invocations.length;

    for (let index = 20; index < 220; index++) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: deployed.outputs['QueueUrl'],
          MessageBody: event(index),
        }),
      );
    }
    await account.settle();

    const made = account.journal.calls
      .slice(calls)
      .filter(({ caller }) => caller.includes('Guardrail'));
    const judged = account.journal.invocations
      .slice(invocations)
      .flatMap(({ logLines }) => logLines)
      .filter((line) => line.includes('"function judged"'));
    expect(judged).toHaveLength(200);
    expect(
      made.filter(({ service }) => service === 'dynamodb').map(({ operation }) => operation),
    ).toEqual(Array.from({ length: 200 }, () => 'GetItem'));
    expect(made.filter(({ service }) => ['lambda', 'ec2', 'iam'].includes(service))).toEqual([]);
    expect(account.journal.connections).toEqual(connections);
  });
});

const CREATE = {
  eventVersion: '1.11',
  eventSource: 'lambda.amazonaws.com',
  eventName: 'CreateFunction20150331',
  eventTime: '2026-11-22T09:00:00Z',
  eventID: '5f3a5e8e-1111-4222-8333-444455556666',
  awsRegion: 'us-east-1',
  recipientAccountId: '123456789012',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/maria' },
  requestParameters: { functionName: 'orders-api' },
  responseElements: null,
};

function wrap(detail: unknown) {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.lambda',
    account: '123456789012',
    time: '2026-11-22T09:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail,
  };
}

interface Delivered {
  readonly lines: readonly LogLine[];
  readonly writes: number;
}

interface LogLine {
  readonly message: string;
  readonly level: string;
  readonly reason?: string;
  readonly code?: string;
}

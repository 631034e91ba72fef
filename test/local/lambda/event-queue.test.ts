import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followTrace, LONGEST_CHAIN } from '../../../lib/local/lineage.ts';
import { type AsyncAccount, DEAD, FUNCTION, INBOX, startAsyncAccount } from './async-account.ts';
import { MINIMAL } from './small-account.ts';

const HOUR = 3_600_000;
const TO_INBOX = { OnFailure: { Destination: INBOX } };

let account: AsyncAccount;
let sqs: SQSClient;
let sinceMs: number;

beforeAll(async () => {
  account = await startAsyncAccount();
  sqs = new SQSClient(account.settings());
});

afterAll(async () => {
  sqs.destroy();
  await account.stop();
});

const deadLetters = async (TargetArn: string) => {
  const DeadLetterConfig = { TargetArn };
  await account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'f', DeadLetterConfig }),
  );
  await account.advance(5000);
};

const reserve = (ReservedConcurrentExecutions: number) =>
  account.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions }),
  );

const unreserve = () =>
  account.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'f' }));

const record = () => JSON.parse(account.bodies()[0] ?? '');

beforeEach(async () => {
  await account.configure({ MaximumRetryAttempts: 2 });
  // A queue is emptied once a minute at most.
  await account.advance(60_000);
  for (const name of ['inbox', 'dead']) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: `${account.endpoint}/123456789012/${name}` }));
  }
  sinceMs = account.clock.nowMs();
});

describe('an asynchronous event', () => {
  it('is run again a minute and two minutes after the function failed', async () => {
    await account.send({ id: 'twice', failures: 2 });
    await account.advance(HOUR);

    expect(account.ranAt(sinceMs)).toEqual([0, 60, 180]);
    expect(new Set(account.journal.invocations.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it.each([
    [0, [0]],
    [1, [0, 60]],
    [2, [0, 60, 180]],
  ])('is run again up to %i times', async (MaximumRetryAttempts, seconds) => {
    await account.configure({ MaximumRetryAttempts });
    await account.send({ id: `at most ${MaximumRetryAttempts}`, failures: 9 });
    await account.advance(HOUR);

    expect(account.ranAt(sinceMs)).toEqual(seconds);
  });

  it('is run three times where nothing is configured', async () => {
    await account.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: 'f' }));
    await account.send({ id: 'default', failures: 9 });
    await account.advance(HOUR);

    expect(account.ranAt(sinceMs)).toEqual([0, 60, 180]);
  });

  it('is told of to its destination once nobody tries any more', async () => {
    await account.configure({ MaximumRetryAttempts: 1, DestinationConfig: TO_INBOX });
    const { $metadata } = (await account.send({ id: 'told', failures: 9 })) as {
      $metadata: { requestId: string };
    };
    await account.advance(HOUR);

    expect(record()).toEqual({
      version: '1.0',
      timestamp: new Date(sinceMs + 60_000).toISOString(),
      requestContext: {
        requestId: $metadata.requestId,
        functionArn: `${FUNCTION}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { id: 'told', failures: 9 },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      responsePayload: {
        errorType: 'RangeError',
        errorMessage: 'too far',
        trace: expect.any(Array),
      },
    });
  });

  it('is told of where it succeeded, to another destination', async () => {
    const OnSuccess = { Destination: DEAD };
    await account.configure({ DestinationConfig: { ...TO_INBOX, OnSuccess } });
    await account.send({ id: 'good', failures: 1 });
    await account.advance(HOUR);

    expect(account.bodies()).toEqual([]);
    const [body = ''] = account.bodies(DEAD);
    const told = JSON.parse(body);
    expect(told).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 2 },
      responsePayload: { done: 'good' },
    });
    expect(told.responseContext).toEqual({ statusCode: 200, executedVersion: '$LATEST' });
  });

  it('goes at once where nothing is reserved for the function, and is not lost', async () => {
    await account.configure({ DestinationConfig: TO_INBOX });
    await deadLetters(DEAD);
    await reserve(0);
    await account.send({ id: 'quarantined' });
    await account.settle();
    await unreserve();
    await account.advance(HOUR);
    await deadLetters('');

    expect(account.ranAt(sinceMs)).toEqual([]);
    const told = record();
    expect(told.requestContext).toMatchObject({
      condition: 'ZeroReservedConcurrency',
      approximateInvokeCount: 0,
    });
    expect(Object.keys(told)).not.toContain('responsePayload');
    const [letter] = account.queues.peek(DEAD);
    expect(letter?.messageAttributes).toMatchObject({
      ErrorCode: { dataType: 'Number', stringValue: '429' },
    });
  });

  it('goes to the dead-letter queue as it came, with what went wrong beside it', async () => {
    await deadLetters(DEAD);
    await account.configure({ MaximumRetryAttempts: 0 });
    await account.send({ id: 'dead', failures: 9 });
    await account.settle();
    await deadLetters('');

    const [letter] = account.queues.peek(DEAD);
    expect(letter?.body).toBe('{"id":"dead","failures":9}');
    expect(letter?.messageAttributes).toEqual({
      RequestID: { dataType: 'String', stringValue: expect.any(String) },
      ErrorCode: { dataType: 'Number', stringValue: '200' },
      ErrorMessage: { dataType: 'String', stringValue: 'too far' },
    });
  });

  it('waits for a function that is busy, ever longer, until it is too old', async () => {
    await account.configure({ MaximumEventAgeInSeconds: 60, DestinationConfig: TO_INBOX });
    await deadLetters(DEAD);
    await reserve(1);
    await account.send({ id: 'busy', ms: 90_000 });
    await account.send({ id: 'waits' });
    await account.advance(HOUR);
    await unreserve();
    await deadLetters('');

    const told = record();
    expect(told.requestPayload).toEqual({ id: 'waits' });
    expect(told.requestContext).toMatchObject({
      condition: 'EventAgeExceeded',
      approximateInvokeCount: 0,
    });
    expect(account.queues.peek(DEAD)).toMatchObject([
      { messageAttributes: { ErrorMessage: { stringValue: 'Rate Exceeded.' } } },
    ]);
  });

  it('runs once a busy function has ended', async () => {
    await reserve(1);
    await account.send({ id: 'short', ms: 20_000 });
    await account.send({ id: 'next' });
    await account.advance(HOUR);
    await unreserve();

    // It was looked for after 1, 3, 7, 15 and 31 seconds.
    expect(account.ranAt(sinceMs)).toEqual([0, 31]);
  });

  it('waits for a function that is being made', async () => {
    await account.lambda.send(new CreateFunctionCommand({ FunctionName: 'new', ...MINIMAL }));
    const event = { FunctionName: 'new', InvocationType: 'Event' } as const;
    await account.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'new',
        DestinationConfig: { OnSuccess: { Destination: INBOX } },
      }),
    );
    await account.lambda.send(new InvokeCommand(event));
    await account.settle();
    const early = account.bodies().length;

    await account.advance(10_000);

    expect(early).toBe(0);
    expect(record().requestContext).toMatchObject({ approximateInvokeCount: 1 });
  });

  it('goes by what is configured for the alias that was named', async () => {
    await account.lambda.send(new PublishVersionCommand({ FunctionName: 'f' }));
    await account.advance(5000);
    await account.lambda.send(
      new CreateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }),
    );
    await account.configure({
      Qualifier: 'live',
      MaximumRetryAttempts: 0,
      DestinationConfig: TO_INBOX,
    });
    await account.send({ id: 'by alias', failures: 9 }, 'live');
    await account.send({ id: 'by number', failures: 9 }, '1');
    await account.advance(HOUR);

    expect(account.bodies()).toHaveLength(1);
    expect(record()).toMatchObject({
      requestContext: { functionArn: `${FUNCTION}:live`, approximateInvokeCount: 1 },
      responseContext: { executedVersion: '1' },
    });
  });

  it('is stopped at the end of a chain, and kept, but sent to no function', async () => {
    const header = Array.from({ length: LONGEST_CHAIN }).reduce<string | undefined>(
      (trace) => followTrace(FUNCTION, trace),
      undefined,
    );
    const send = async () => {
      const command = new InvokeCommand({
        FunctionName: 'f',
        InvocationType: 'Event',
        Payload: '{}',
      });
      command.middlewareStack.add(
        (next) => (args) => {
          Object.assign((args.request as { headers: object }).headers, {
            'x-amzn-trace-id': header,
          });
          return next(args);
        },
        { step: 'build' },
      );
      await account.lambda.send(command);
      await account.settle();
    };
    await account.configure({ DestinationConfig: TO_INBOX });
    await send();
    const Destination = 'arn:aws:lambda:us-east-1:123456789012:function:new';
    await account.configure({ DestinationConfig: { OnFailure: { Destination } } });
    await send();

    expect(account.ranAt(sinceMs)).toEqual([]);
    expect(account.bodies()).toHaveLength(1);
    expect(record().requestContext.condition).toBe('RecursiveInvocationDetected');
    expect(account.journal.cuts).toHaveLength(2);
  });
});

describe('what becomes of an event', () => {
  it('is told to a topic, to another function and to the event bus', async () => {
    const sns = new SNSClient(account.settings());
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    sns.destroy();
    const destinations = [
      TopicArn,
      'arn:aws:lambda:us-east-1:123456789012:function:new',
      'arn:aws:events:us-east-1:123456789012:event-bus/default',
    ];
    await routeToInbox();
    for (const Destination of destinations) {
      await account.configure({ DestinationConfig: { OnSuccess: { Destination } } });
      await account.send({ id: Destination });
      await account.settle();
    }

    const calls = account.journal.calls.filter(
      ({ atMs, caller }) => atMs >= sinceMs && caller.endsWith('assumed-role/lambda-role/f'),
    );
    expect(calls.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
      'sns:Publish',
      'lambda:Invoke',
      'events:PutEvents',
    ]);
    expect(calls.every(({ status }) => status === 200)).toBe(true);
    // The other function has a destination of its own, the inbox.
    expect(account.bodies().map((body) => JSON.parse(body))).toMatchObject([
      { requestPayload: { requestContext: { condition: 'Success' } } },
      {
        source: 'lambda',
        'detail-type': 'Lambda Function Invocation Result - Success',
        resources: [`${FUNCTION}:$LATEST`, destinations[2]],
        detail: { requestContext: { condition: 'Success' } },
      },
    ]);
  });

  it('is told to nobody where the role may not, or is gone', async () => {
    await account.configure({ MaximumRetryAttempts: 0, DestinationConfig: TO_INBOX });
    account.allow(
      'lambda-role',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sqs:*","Resource":"*"}]}',
    );
    await account.send({ id: 'denied', failures: 9 });
    await account.settle();
    const refusals = account.journal.calls.filter(
      ({ operation, status }) => operation === 'SendMessage' && status >= 400,
    );
    account.core.principals.roles.delete('lambda-role');
    await account.send({ id: 'orphan', failures: 9 });
    await account.settle();

    expect(refusals).toHaveLength(1);
    expect(account.bodies()).toEqual([]);
  });
});

async function routeToInbox(): Promise<void> {
  const events = new EventBridgeClient(account.settings());
  const EventPattern = JSON.stringify({ source: ['lambda'] });
  await events.send(new PutRuleCommand({ Name: 'results', EventPattern }));
  await events.send(
    new PutTargetsCommand({ Rule: 'results', Targets: [{ Id: 'inbox', Arn: INBOX }] }),
  );
  events.destroy();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: INBOX }],
  });
  await sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: `${account.endpoint}/123456789012/inbox`,
      Attributes: { Policy },
    }),
  );
}

import { request } from 'node:http';
import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../full-account.ts';

let account: FullAccount;
let sqs: SQSClient;

beforeAll(async () => {
  account = await startFullAccount();
  sqs = new SQSClient(account.settings());
});

afterAll(async () => {
  sqs.destroy();
  await account.close();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `fetch` sets the host by itself; this does not. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) {
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const call = request(`${account.endpoint}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

function post(path: string, body: unknown) {
  return ask(path, { method: 'POST', body: JSON.stringify(body) });
}

describe('who may steer', () => {
  it.each([
    ['evil.example', 403],
    ['127.0.0.1.evil.example:80', 403],
    ['localhost:4599', 200],
    ['127.0.0.1', 200],
  ])('answers a request to host %s with %i', async (host, status) => {
    expect((await ask('/_local/clock', { headers: { host } })).status).toBe(status);
  });

  it('refuses a web page, which cannot leave its origin out', async () => {
    const answer = await ask('/_local/clock/advance', {
      method: 'POST',
      headers: { origin: 'http://127.0.0.1:4599' },
      body: '{"days":1}',
    });
    expect(answer).toEqual({ status: 403, body: { error: 'web pages may not steer the account' } });
  });
});

describe('looking at the account', () => {
  it.each(['/_local', '/_local/'])('lists at %s what there is', async (path) => {
    const { body } = await ask(path);
    expect(body).toMatchObject({ routes: { 'GET /_local/clock': 'the virtual time' } });
  });

  it('answers a path that is none with what there is', async () => {
    expect(await ask('/_local/nothing')).toEqual({
      status: 404,
      body: { error: 'no `GET /_local/nothing`: GET /_local/ lists what there is' },
    });
  });

  it('tells which operations of which services there are', async () => {
    const { body } = await ask('/_local/operations');

    expect(body).toMatchObject({
      lambda: expect.arrayContaining(['CreateFunction', 'Invoke']),
      sts: expect.arrayContaining(['AssumeRole']),
    });
    expect(body).not.toMatchObject({ lambda: expect.arrayContaining(['AddPermission']) });
  });

  it('counts calls by service, operation and caller, with their errors', async () => {
    const lambda = new LambdaClient(account.settings());
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'a' }))).rejects.toThrow();
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'b' }))).rejects.toThrow();
    lambda.destroy();
    const { body } = await ask('/_local/calls');
    expect(body).toContainEqual({
      service: 'lambda',
      operation: 'GetFunction',
      caller: 'arn:aws:iam::123456789012:user/local-admin',
      count: 2,
      errors: { ResourceNotFoundException: 2 },
    });
  });

  it('says what the policies of whom were asked for', async () => {
    const { body } = await ask('/_local/permissions');
    expect(body).toContainEqual({
      principal: 'arn:aws:iam::123456789012:user/local-admin',
      action: 'lambda:GetFunction',
      allowed: 2,
      refused: 0,
    });
  });

  it('lists single calls by what is asked for', async () => {
    const { body } = await ask('/_local/calls/log?service=lambda&operation=GetFunction&limit=1');
    expect(body).toMatchObject([
      {
        at: new Date(account.clock.nowMs()).toISOString(),
        status: 404,
        errorCode: 'ResourceNotFoundException',
        accessKeyId: 'local',
      },
    ]);
    expect((await ask('/_local/calls/log?caller=nobody')).body).toEqual([]);
    expect((await ask('/_local/calls/log?since=2100-01-01')).body).toEqual([]);
  });

  it.each(['limit=0', 'limit=x', 'since=yesterday'])('lists no calls by %s', async (query) => {
    expect((await ask(`/_local/calls/log?${query}`)).status).toBe(400);
  });

  it('counts connections by who opened them', async () => {
    const { body } = await ask('/_local/connections');
    expect(body).toContainEqual({
      accessKeyId: 'local',
      name: 'local-admin',
      count: 1,
      dropped: 0,
      retries: 0,
    });
    expect(body).toContainEqual({
      accessKeyId: 'unsigned',
      count: expect.any(Number),
      dropped: 0,
      retries: 0,
    });
  });

  it('shows queues with their messages, CloudTrail records, notices and runs', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', DelaySeconds: 60 }));
    expect((await ask('/_local/queues')).body).toMatchObject([
      { name: 'orders', messages: [{ body: 'hello' }] },
    ]);
    expect((await ask('/_local/events')).body).toMatchObject([{ eventName: 'CreateQueue' }]);
    expect((await ask('/_local/messages')).body).toEqual([]);
    expect((await ask('/_local/invocations')).body).toEqual([]);
  });
});

describe('the clock', () => {
  it('is moved by seconds or by days', async () => {
    const before = account.clock.nowMs();
    await post('/_local/clock/advance', { seconds: 90 });
    expect(account.clock.nowMs()).toBe(before + 90_000);
    const { body } = await post('/_local/clock/advance', { days: 14 });
    expect(body).toMatchObject({ now: new Date(before + 90_000 + 14 * 86_400_000).toISOString() });
  });

  it('says when something is due next', async () => {
    const dueMs = account.clock.nowMs() + 3_600_000;
    const cancel = account.clock.at(dueMs, () => {});
    expect((await ask('/_local/clock')).body).toMatchObject({
      nextAt: new Date(dueMs).toISOString(),
    });
    cancel();
  });

  it.each([
    '',
    '[]',
    '7',
    '{}',
    '{"seconds":"1"}',
    '{"hours":1}',
    '{"seconds":-1}',
    '{"days":401}',
    '{"days":1,"seconds":1}',
  ])('is not moved by %s', async (body) => {
    const before = account.clock.nowMs();
    const answer = await ask('/_local/clock/advance', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(account.clock.nowMs()).toBe(before);
  });
});

describe('an event that is delivered', () => {
  it('reaches the rules that it matches, with what its envelope lacked', async () => {
    const events = new EventBridgeClient(account.settings());
    const EventPattern = JSON.stringify({ source: ['aws.lambda'], region: ['us-east-1'] });
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'r', EventPattern }));
    events.destroy();
    const event = { source: 'aws.lambda', 'detail-type': 'x', detail: {} };
    expect(await post('/_local/events', event)).toEqual({
      status: 200,
      body: { matchedRules: [RuleArn] },
    });
    expect((await post('/_local/events', { ...event, region: 'eu-west-1' })).body).toEqual({
      matchedRules: [],
    });
  });

  it.each([
    [[]],
    [{ source: 'a', 'detail-type': 'b' }],
    [{ source: 1, 'detail-type': 'b', detail: {} }],
  ])('is refused as %j', async (event) => {
    expect(await post('/_local/events', event)).toMatchObject({ status: 400 });
  });
});

describe('faults', () => {
  it('are planted, listed and removed', async () => {
    const rule = { service: 'lambda', operation: 'Get*', kind: 'throttle', count: 2 };
    const { body } = await post('/_local/faults', rule);
    const { id } = body as { readonly id: string };
    expect((await ask('/_local/faults')).body).toEqual([{ id, ...rule, seen: 0, hits: 0 }]);
    expect((await ask(`/_local/faults/${id}`, { method: 'DELETE' })).body).toEqual([]);
    expect(await ask(`/_local/faults/${id}`, { method: 'DELETE' })).toEqual({
      status: 404,
      body: { error: `no fault \`${id}\`` },
    });
    await post('/_local/faults', rule);
    expect((await ask('/_local/faults', { method: 'DELETE' })).body).toEqual([]);
  });

  it('are refused for a service that does not exist, with those that do', async () => {
    const rule = { service: 'lamda', operation: '*', kind: 'throttle' };

    expect(await post('/_local/faults', rule)).toMatchObject({
      status: 400,
      body: {
        error: expect.stringMatching(
          /^service: no `lamda`, expected `\*` or one of .*ec2, .*lambda, /,
        ),
      },
    });
    expect((await post('/_local/faults', { ...rule, service: 'lam*' })).status).toBe(200);
    await ask('/_local/faults', { method: 'DELETE' });
  });

  it('are refused with all that is wrong', async () => {
    expect(await post('/_local/faults', { kind: 'error', service: 's', status: 1 })).toEqual({
      status: 400,
      body: {
        error:
          'operation: missing, expected an operation such as `GetFunction`, or a pattern with `*`; name: missing, expected the name of the error; status: expected an HTTP status from 400 to 599',
      },
    });
  });
});

describe('request rates', () => {
  it('are switched on and off, and tell what is left', async () => {
    expect((await ask('/_local/quotas')).body).toEqual({ on: false, quotas: [] });
    expect((await post('/_local/quotas', { on: true })).body).toEqual({ on: true });
    const lambda = new LambdaClient(account.settings());
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'a' }))).rejects.toThrow();
    lambda.destroy();
    expect((await ask('/_local/quotas')).body).toEqual({
      on: true,
      quotas: [{ name: 'lambda GetFunction', burst: 100, perSecond: 100, left: 99, refused: 0 }],
    });
    await post('/_local/quotas', { on: false });
    expect((await post('/_local/quotas', { on: 1 })).status).toBe(400);
  });
});

describe('the delivery of CloudTrail', () => {
  it('is looked at and changed', async () => {
    const changes = { delaySeconds: 5, spreadSeconds: 30, duplicates: 0.5, losses: 0.25 };
    expect((await ask('/_local/trail')).body).toMatchObject({
      delaySeconds: 2,
      spreadSeconds: 0,
      duplicates: 0,
      losses: 0,
      records: { lost: 0 },
    });
    expect((await post('/_local/trail', changes)).body).toMatchObject(changes);
    expect(account.trail.rules()).toMatchObject({ delayMs: 5000, spreadMs: 30_000 });
  });

  it.each([[{}], [[]], [{ losses: 2 }], [{ delaySeconds: -1 }], [{ losses: 0, other: 1 }]])(
    'is not changed by %j',
    async (body) => {
      expect((await post('/_local/trail', body)).status).toBe(400);
    },
  );
});

describe('idle connections', () => {
  it('are dropped once somebody says so, until somebody takes it back', async () => {
    const patient = new SQSClient(account.settings());
    await patient.send(new ListQueuesCommand({}));
    expect((await post('/_local/connections', { dropIdleSeconds: 350 })).body).toEqual({
      dropIdleSeconds: 350,
    });
    await account.advance(349_999);
    await patient.send(new ListQueuesCommand({}));
    await account.advance(350_000);
    await expect(patient.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect((await post('/_local/connections', { dropIdleSeconds: null })).status).toBe(200);
    await patient.send(new ListQueuesCommand({}));
    await account.advance(350_000);
    await patient.send(new ListQueuesCommand({}));
    patient.destroy();
    const { body } = await ask('/_local/connections');
    expect(body).toContainEqual(expect.objectContaining({ accessKeyId: 'local', dropped: 1 }));
  });

  it.each([[{}], [7], [{ dropIdleSeconds: 0 }], [{ dropIdleSeconds: 86_401 }]])(
    'are not dropped by %j',
    async (body) => {
      expect((await post('/_local/connections', body)).status).toBe(400);
    },
  );
});

import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  type InvokeCommandInput,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OBEDIENT } from './deployed-code.ts';
import { APPROVED_VPC } from './network.ts';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  type SmallAccount,
  startSmallAccount,
} from './small-account.ts';

describe('Invoke', () => {
  let account: SmallAccount;
  const send = async (event: unknown, input: Partial<InvokeCommandInput> = {}) => {
    const Payload = Buffer.from(JSON.stringify(event));
    const command = new InvokeCommand({ FunctionName: 'f', Payload, ...input });
    const answer = await account.client.send(command);
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    return { ...answer, text, json: text === '' ? undefined : JSON.parse(text) };
  };

  beforeEach(async () => {
    account = await startSmallAccount();
    account.objects.set('assets/f.zip', OBEDIENT);
    await account.client.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        ...MINIMAL,
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
      }),
    );
    await account.client.send(
      new CreateFunctionCommand({ FunctionName: 'inline', ...MINIMAL, VpcConfig: ATTACHMENT }),
    );
    await account.core.clock.advance(75_000);
  });
  afterEach(async () => {
    await account.close();
  });

  it('answers what deployed code answers, and journals the run', async () => {
    const answer = await send({ a: 1 });

    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', json: { a: 1 } });
    expect(answer.FunctionError).toBeUndefined();
    expect(account.core.journal.invocations).toEqual([
      {
        atMs: account.core.clock.nowMs(),
        functionName: 'f',
        requestId: answer.$metadata.requestId,
        isError: false,
        logLines: ['loaded'],
      },
    ]);
  });

  it('answers an error of the code with 200 and its form', async () => {
    const answer = await send({ do: 'throw' });

    expect(answer).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      json: { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
    });
    expect(account.core.journal.invocations.at(-1)?.isError).toBe(true);
  });

  it('answers the end of the log on request', async () => {
    const { LogResult = '' } = await send({ do: 'write' }, { LogType: 'Tail' });

    const log = Buffer.from(LogResult, 'base64').toString('utf8').split('\n');
    expect(log.slice(1, 5)).toEqual(['loaded', 'one', 'two', 'three']);
    expect(log[0]).toMatch(/^START RequestId: /);
  });

  it.each([
    [
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ['loaded', 'one', 'two', 'three'],
    ],
    [['logs:CreateLogStream'], []],
  ])('keeps of the log of a role that may %j: %j', async (actions, logLines) => {
    const Resource = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f:*';
    account.setPolicy(account.role('lambda-role'), {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource }],
    });

    const { FunctionError } = await send({ do: 'write' });

    expect(FunctionError).toBeUndefined();
    expect(account.core.journal.invocations.at(-1)?.logLines).toEqual(logLines);
  });

  it('takes no payload as an empty event', async () => {
    expect((await send({}, { Payload: new Uint8Array() })).json).toEqual({});
  });

  it('lets the code call the account under its role, again over one connection', async () => {
    account.setPolicy(account.role('lambda-role'), allow(['lambda:GetFunction']));

    const first = await send({ do: 'read', name: 'inline' });
    const calls = account.core.journal.calls.filter(({ caller }) => caller.includes('lambda-role'));
    const [key = ''] = [...account.core.journal.connections.keys()].slice(-1);
    await send({ do: 'read', name: 'inline' });
    await send({ do: 'read', name: 'inline' });

    expect(first.json).toBe('inline');
    expect(calls).toMatchObject([
      {
        operation: 'GetFunction',
        caller: 'arn:aws:sts::123456789012:assumed-role/lambda-role/f',
        status: 200,
      },
    ]);
    expect(account.core.journal.connections.get(key)).toBe(1);
  });

  it('refuses the code what its role does not allow', async () => {
    const { json } = await send({ do: 'read', name: 'inline' });

    expect(json).toMatchObject({ errorType: 'AccessDeniedException' });
    expect(json.errorMessage).toContain('assumed-role/lambda-role/f is not authorized');
  });

  it('runs an event after it was accepted, and the clock waits for it', async () => {
    const answer = await send({ a: 1 }, { InvocationType: 'Event' });
    await account.core.clock.settle();

    expect(answer).toMatchObject({ StatusCode: 202, text: '' });
    expect(account.core.journal.invocations).toHaveLength(1);
  });

  it('loses an event for a function that is throttled', async () => {
    await account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 0 }),
    );

    await expect(send({}, { InvocationType: 'Event' })).resolves.toMatchObject({ StatusCode: 202 });
    await account.core.clock.advance(86_400_000);

    expect(account.core.journal.invocations).toEqual([]);
  });

  it('keeps an event for a function that is being created, while it exists', async () => {
    const create = new CreateFunctionCommand({
      FunctionName: 'g',
      ...MINIMAL,
      Handler: 'index.handler',
      Code: { S3Bucket: 'assets', S3Key: 'f.zip' },
    });
    const event = { InvocationType: 'Event', FunctionName: 'g' } as const;
    await account.client.send(create);
    await send({}, event);
    await account.core.clock.advance(60_000);
    const run = account.core.journal.invocations.length;
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'g' }));
    await account.client.send(create);
    await send({}, event);
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'g' }));

    await account.core.clock.advance(60_000);

    expect(run).toBe(1);
    expect(account.core.journal.invocations).toHaveLength(1);
  });

  it('throttles what a reservation has no room for', async () => {
    await account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 }),
    );
    const first = send({ do: 'wait', ms: 100 });
    await expect.poll(() => account.core.journal.calls.length).toBeGreaterThan(2);

    const both = await Promise.allSettled([first, send({ do: 'tell' })]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(send({ do: 'tell' })).resolves.toMatchObject({ StatusCode: 200 });
  });

  it('names the attachment that served a function whose code is not run', async () => {
    const { json } = await send({}, { FunctionName: 'inline' });

    expect(json.servedBy).toMatchObject({
      functionName: 'inline',
      version: '$LATEST',
      vpcId: APPROVED_VPC,
      subnetIds: ATTACHMENT.SubnetIds,
      securityGroupIds: ATTACHMENT.SecurityGroupIds,
    });
  });

  it('refuses a payload that is not JSON, or too large', async () => {
    await expect(send({}, { Payload: Buffer.from('{') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    await expect(send({}, { Payload: Buffer.alloc(6_291_457, ' ') })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  it('takes an asynchronous event of at most 1 MB', async () => {
    const event = (bytes: number) =>
      send({}, { InvocationType: 'Event', Payload: Buffer.from('1'.padEnd(bytes)) });

    await expect(event(1_048_576)).resolves.toMatchObject({ StatusCode: 202 });
    await expect(event(1_048_577)).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      message: 'Request must be smaller than 1048576 bytes for the InvokeFunction operation',
    });
  });

  it('is what other services of the account get', async () => {
    const { functions } = account.service;
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

    const outcome = await functions.invoke({ functionName: arn, payload: '1', requestId: 'r' });

    expect(outcome).toMatchObject({ payload: '1', isError: false });
    expect(functions.exists(arn)).toBe(true);
    expect(functions.exists(`${arn}s`)).toBe(false);
    await expect(
      functions.invoke({ functionName: 'unknown', payload: '1', requestId: 'r' }),
    ).rejects.toThrow(/Function not found/);
  });

  it('ends the environments of a function that is deleted', async () => {
    await send({ do: 'tell' });

    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    await account.core.clock.settle();

    await expect(send({ do: 'tell' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

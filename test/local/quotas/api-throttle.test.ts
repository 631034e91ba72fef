import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callService } from '../../../lib/local/account-core.ts';
import { findCaller } from '../../../lib/local/identity/principals.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const NOTHING = { Effect: 'Deny', Action: '*', Resource: '*' };

describe('the request rates of AWS', () => {
  let account: FullAccount;
  let lambda: LambdaClient;
  let ec2: EC2Client;

  beforeEach(async () => {
    account = await startFullAccount({ apiQuotas: true });
    lambda = new LambdaClient(account.settings());
    ec2 = new EC2Client(account.settings());
  });
  afterEach(async () => {
    lambda.destroy();
    ec2.destroy();
    await account.close();
  });

  const times = async (count: number, call: () => Promise<unknown>) => {
    const calls = Array.from({ length: count }, () => call());
    const ended = await Promise.allSettled(calls);
    return ended.flatMap((end) => (end.status === 'rejected' ? [String(end.reason?.name)] : []));
  };

  it('let fifteen calls of the control plane through at once, whichever they are', async () => {
    const refused = [
      ...(await times(10, () => lambda.send(new ListFunctionsCommand({})))),
      ...(await times(10, () => lambda.send(new ListFunctionsCommand({ MaxItems: 1 })))),
    ];

    expect(refused).toEqual(Array.from({ length: 5 }, () => 'TooManyRequestsException'));
    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
      Reason: 'CallerRateLimitExceeded',
      message: 'Rate exceeded',
    });

    await account.advance(1000);
    expect(await times(15, () => lambda.send(new ListFunctionsCommand({})))).toEqual([]);
  });

  it('count GetFunction and invocations apart', async () => {
    await times(15, () => lambda.send(new ListFunctionsCommand({})));

    const got = await times(101, () => lambda.send(new GetFunctionCommand({ FunctionName: 'f' })));
    const invoked = await times(20, () => lambda.send(new InvokeCommand({ FunctionName: 'f' })));

    expect(Object.groupBy(got, (name) => name)).toMatchObject({
      ResourceNotFoundException: { length: 100 },
      TooManyRequestsException: { length: 1 },
    });
    expect(new Set(invoked)).toEqual(new Set(['ResourceNotFoundException']));
  });

  it('give each of EC2’s calls a bucket of its own, a smaller one without filters', async () => {
    const unfiltered = () => ec2.send(new DescribeSecurityGroupsCommand({}));
    const paged = () => ec2.send(new DescribeSecurityGroupsCommand({ MaxResults: 5 }));

    expect(await times(51, unfiltered)).toEqual(['RequestLimitExceeded']);
    expect(await times(100, paged)).toEqual([]);
    expect(await times(101, () => ec2.send(new DescribeSubnetsCommand({})))).toHaveLength(1);
    expect(await times(1, () => ec2.send(new DescribeVpcsCommand({})))).toEqual([]);
    await expect(unfiltered()).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      message: 'Request limit exceeded.',
      $metadata: { httpStatusCode: 503 },
    });

    await account.advance(1000);
    expect(await times(11, unfiltered)).toHaveLength(1);
  });

  it('are met before permissions are asked, and are in the journal and in CloudTrail', async () => {
    const stranger = new LambdaClient(account.settings(account.user('stranger', NOTHING)));
    await times(15, () => lambda.send(new ListFunctionsCommand({})));
    const tag = new TagResourceCommand({ Resource: 'arn:aws:lambda:x', Tags: { a: 'b' } });

    await expect(stranger.send(tag)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    stranger.destroy();

    expect(account.journal.calls.at(-1)).toMatchObject({
      operation: 'TagResource',
      status: 429,
      errorCode: 'TooManyRequestsException',
    });
    expect(account.records('TagResource20170331v2')).toMatchObject([
      { errorCode: 'TooManyRequestsException', responseElements: null },
    ]);
  });

  it('hold nobody up where AWS names no rate', async () => {
    const sqs = new SQSClient(account.settings());

    const refused = await times(150, () => sqs.send(new CreateQueueCommand({ QueueName: 'q' })));
    sqs.destroy();

    expect(refused).toEqual([]);
  });

  it('count CloudFormation’s calls, and let them through', async () => {
    const caller = findCaller(account.core.principals, 'local');
    if (caller === undefined) throw new Error('no administrator');
    const served = { ...caller, invokedBy: 'cloudformation.amazonaws.com' };
    const list = { service: 'lambda', operation: 'ListFunctions', input: {} };

    for (let count = 0; count < 20; count += 1) await callService(account.core, served, list);

    await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toThrow('Rate exceeded');
    expect(account.throttle.describe()).toEqual([
      { name: 'lambda control plane', burst: 15, perSecond: 15, left: 0, refused: 1 },
    ]);
  });

  it('can be switched off and on', async () => {
    account.throttle.turn(false);
    expect(await times(40, () => lambda.send(new ListFunctionsCommand({})))).toEqual([]);

    account.throttle.turn(true);
    expect(await times(40, () => lambda.send(new ListFunctionsCommand({})))).toHaveLength(25);
  });
});

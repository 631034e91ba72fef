import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';
import { callJson } from '../signed-call.ts';

let account: FullAccount;

beforeAll(async () => {
  account = await startFullAccount();
});

afterAll(() => account.close());

function call(operation: string, body: object) {
  const target = `Logs_20140328.${operation}`;
  return callJson(account.endpoint, { service: 'logs', target }, body);
}

describe('log groups', () => {
  const logGroupName = '/aws/lambda/orders-api';
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:*`;

  it('are created, kept for some days, and described', async () => {
    expect(await call('CreateLogGroup', { logGroupName })).toEqual({ status: 200, body: {} });
    await call('CreateLogGroup', { logGroupName: '/aws/lambda/a' });
    await call('PutRetentionPolicy', { logGroupName, retentionInDays: 90 });
    const described = await call('DescribeLogGroups', { logGroupNamePrefix: '/aws/lambda/o' });
    expect(described.body).toEqual({
      logGroups: [{ logGroupName, arn, creationTime: START_MS, retentionInDays: 90 }],
    });
    expect(account.records('CreateLogGroup')[0]).toMatchObject({
      eventSource: 'logs.amazonaws.com',
      requestParameters: { logGroupName },
    });
  });

  it('are described page by page, in the order of their names', async () => {
    const first = await call('DescribeLogGroups', { limit: 1 });
    expect(first.body).toMatchObject({ logGroups: [{ logGroupName: '/aws/lambda/a' }] });
    const { nextToken } = Object(first.body);
    const second = await call('DescribeLogGroups', { limit: 1, nextToken });
    expect(second.body).toMatchObject({ logGroups: [{ logGroupName }] });
    expect(second.body).not.toHaveProperty('nextToken');
  });

  it.each([
    [
      'CreateLogGroup',
      { logGroupName },
      'ResourceAlreadyExistsException',
      'The specified log group already exists',
    ],
    [
      'CreateLogGroup',
      { logGroupName: 'a b' },
      'InvalidParameterException',
      "Value 'a b' at 'logGroupName'",
    ],
    [
      'PutRetentionPolicy',
      { logGroupName, retentionInDays: 2 },
      'InvalidParameterException',
      'retention `2`',
    ],
    [
      'PutRetentionPolicy',
      { logGroupName: 'none', retentionInDays: 1 },
      'ResourceNotFoundException',
      'does not exist',
    ],
    ['DescribeLogGroups', { nextToken: 'x' }, 'InvalidParameterException', 'nextToken'],
  ])('refuses %s of %j', async (operation, body, type, message) => {
    expect(await call(operation, body)).toMatchObject({
      status: 400,
      body: { __type: type, message: expect.stringContaining(message) },
    });
  });

  it('lose their retention, and are deleted', async () => {
    await call('DeleteRetentionPolicy', { logGroupName });
    const { body } = await call('DescribeLogGroups', { logGroupNamePrefix: logGroupName });
    expect(body).toEqual({ logGroups: [{ logGroupName, arn, creationTime: START_MS }] });
    await call('DeleteLogGroup', { logGroupName });
    expect((await call('DeleteLogGroup', { logGroupName })).status).toBe(400);
  });
});

import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRecordPorts } from '../../functions/adapters/dynamodb.ts';
import { createBudgetPorts } from '../../functions/adapters/dynamodb-budget.ts';
import { newRecord } from '../../functions/core/record.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const LIMIT = { max: 25, perMinutes: 15 };

const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const ports = createRecordPorts(client, 'Records');
const budget = createBudgetPorts({
  client,
  tableName: 'Records',
  deployment: { account: '123456789012', region: 'us-east-1' },
  nowMs: () => 1_000_000,
});

const takeToken = (remediationId: string, isCounted: boolean) =>
  budget.takeToken({ remediationId, functionArn: ARN, policyHash: 'test', isCounted }, LIMIT);

beforeEach(() => {
  dynamodb.reset();
});

describe('records', () => {
  it('are read strongly consistent by one call', async () => {
    dynamodb.on(GetItemCommand).resolves({});

    await ports.readRecord(ARN);

    expect(dynamodb.calls()).toHaveLength(1);
    expect(dynamodb).toHaveReceivedCommandWith(GetItemCommand, {
      TableName: 'Records',
      Key: { pk: { S: `function#${ARN}` }, sk: { S: 'record' } },
      ConsistentRead: true,
    });
  });

  it('of deleted functions expire after thirty days', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    await ports.writeRecord({ ...newRecord(ARN), isDeleted: true, changedAtMs: 1500 });
    await ports.writeRecord(newRecord(ARN));

    const [deleted, living] = dynamodb.commandCalls(PutItemCommand);
    expect(deleted?.args[0].input.Item?.['expiresAt']).toEqual({ N: '2592002' });
    expect(living?.args[0].input.Item).not.toHaveProperty('expiresAt');
  });

  it.each([
    ['AccessDeniedException', 400],
    ['ProvisionedThroughputExceededException', 400],
    ['TimeoutError', undefined],
  ])('throw OBSERVATION_FAILED when a read fails with %s', async (name, status) => {
    dynamodb.on(GetItemCommand).rejects(awsError(name, status));

    await expect(ports.readRecord(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the record of \`${ARN}\`: ${name}: because`,
    });
  });

  it.each([
    ['ConditionalCheckFailedException', 'RECORD_STALE'],
    ['AccessDeniedException', 'REMEDIATION_DENIED'],
    ['InternalServerError', 'REMEDIATION_FAILED'],
  ])('translate %s at a write to %s', async (name, code) => {
    dynamodb.on(PutItemCommand).rejects(awsError(name, 400));

    await expect(ports.writeRecord(newRecord(ARN))).rejects.toMatchObject({ code });
  });
});

describe('the budget', () => {
  it('is asked by one conditional write in the usual case', async () => {
    dynamodb.on(UpdateItemCommand).resolves({});

    expect(await takeToken('id-1', true)).toEqual({ status: 'granted' });
    expect(dynamodb.calls()).toHaveLength(1);
    expect(dynamodb).toHaveReceivedCommandWith(UpdateItemCommand, {
      Key: { pk: { S: 'account#123456789012#us-east-1' }, sk: { S: 'state' } },
    });
  });

  it('is not written for what is not counted', async () => {
    dynamodb.on(GetItemCommand).resolves({});

    expect(await takeToken('id-1', false)).toEqual({ status: 'granted' });
    expect(dynamodb).not.toHaveReceivedCommand(UpdateItemCommand);
  });

  it.each([
    { what: 'a mistyped mode', item: { mode: { S: 'adit' } }, reason: 'mode-audit' },
    { what: 'a mode in capitals', item: { mode: { S: 'AUDIT' } }, reason: 'mode-audit' },
    { what: 'a mode that is no text', item: { mode: { BOOL: true } }, reason: 'mode-audit' },
    { what: 'a mistyped breaker', item: { breaker: { S: 'open' } }, reason: 'breaker-tripped' },
  ])('fails towards not acting on $what', async ({ item, reason }) => {
    dynamodb.on(UpdateItemCommand).rejects(awsError('ConditionalCheckFailedException', 400));
    dynamodb.on(GetItemCommand).resolves({ Item: item as Record<string, AttributeValue> });

    expect(await takeToken('remediation-1', true)).toEqual({ status: 'withheld', reason });
  });

  it('gives up retryably when the account item keeps changing', async () => {
    dynamodb
      .on(UpdateItemCommand)
      .rejects(awsError('ConditionalCheckFailedException', 400))
      .on(GetItemCommand)
      .resolves({});

    await expect(takeToken('id-1', true)).rejects.toMatchObject({
      code: 'REMEDIATION_FAILED',
      message: expect.stringContaining('keeps changing'),
    });
  });

  it.each([
    ['AccessDeniedException', 'REMEDIATION_DENIED'],
    ['InternalServerError', 'REMEDIATION_FAILED'],
  ])('translates %s at its write to %s', async (name, code) => {
    dynamodb.on(UpdateItemCommand).rejects(awsError(name, 400));

    await expect(takeToken('id-1', true)).rejects.toMatchObject({ code });
  });

  it('throws OBSERVATION_FAILED when the account item cannot be read', async () => {
    dynamodb.on(GetItemCommand).rejects(awsError('AccessDeniedException', 400));

    await expect(takeToken('id-1', false)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});

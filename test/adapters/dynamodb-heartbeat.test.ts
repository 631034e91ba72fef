import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createNoteHeartbeat,
  createReadHeartbeat,
} from '../../functions/adapters/dynamodb-heartbeat.ts';
import { awsError } from '../support/aws-error.ts';

const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const noteHeartbeat = createNoteHeartbeat(client, 'Records');
const readHeartbeat = createReadHeartbeat(client, 'Records');
const Key = { pk: { S: 'sweep' }, sk: { S: 'heartbeat' } };

beforeEach(() => {
  dynamodb.reset();
});

describe('noteHeartbeat', () => {
  it('writes the time by one call, and only over an older one', async () => {
    dynamodb.on(UpdateItemCommand).resolves({});

    await noteHeartbeat(2000);

    expect(dynamodb.calls()).toHaveLength(1);
    expect(dynamodb).toHaveReceivedCommandWith(UpdateItemCommand, {
      TableName: 'Records',
      Key,
      ConditionExpression: 'attribute_not_exists(sentMs) OR sentMs < :sent',
      ExpressionAttributeValues: { ':sent': { N: '2000' } },
    });
  });

  it('takes a newer one that stands as it is', async () => {
    dynamodb.on(UpdateItemCommand).rejects(awsError('ConditionalCheckFailedException', 400));

    await expect(noteHeartbeat(2000)).resolves.toBeUndefined();
  });

  it.each([
    ['AccessDeniedException', 400, 'REMEDIATION_DENIED'],
    ['ProvisionedThroughputExceededException', 400, 'REMEDIATION_FAILED'],
    ['InternalServerError', 500, 'REMEDIATION_FAILED'],
    ['TimeoutError', undefined, 'REMEDIATION_FAILED'],
  ])('translates %s to %s %s', async (name, status, code) => {
    dynamodb.on(UpdateItemCommand).rejects(awsError(name, status));

    await expect(noteHeartbeat(2000)).rejects.toMatchObject({
      code,
      message: `could not note the heartbeat: ${name}: because`,
    });
  });
});

describe('readHeartbeat', () => {
  it.each([
    ['what was noted', { sentMs: { N: '2000' } }, 2000],
    ['undefined where nothing was', undefined, undefined],
    ['undefined where it is no time', { sentMs: { S: 'now' } }, undefined],
  ])('answers %s by one consistent read', async (_, Item, expected) => {
    dynamodb.on(GetItemCommand).resolves({ ...(Item && { Item }) });

    expect(await readHeartbeat()).toBe(expected);
    expect(dynamodb).toHaveReceivedCommandWith(GetItemCommand, { Key, ConsistentRead: true });
  });

  it('throws OBSERVATION_FAILED when it cannot be read', async () => {
    dynamodb.on(GetItemCommand).rejects(awsError('AccessDeniedException', 400));

    await expect(readHeartbeat()).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not read the heartbeat: AccessDeniedException: because',
    });
  });
});

import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSweepStatePorts, readProgress } from '../../functions/adapters/dynamodb-sweep.ts';
import { awsError } from '../support/aws-error.ts';

const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const { readSweep, writeSweep, noteProgress } = createSweepStatePorts(client, 'Records');
const SWEEP_KEY = { pk: { S: 'sweep' }, sk: { S: 'state' } };
const PROGRESS_KEY = { pk: { S: 'rescan' }, sk: { S: 'progress' } };
const last = { id: 'sweep-1', policyHash: 'hash-1', startedMs: 1, endedMs: 2 };
const progress = { rescanId: 'a', startedMs: 1, atMs: 2, scanned: 3, violations: 4, isOver: false };

const FAULTS = [
  ['AccessDeniedException', 400, 'REMEDIATION_DENIED'],
  ['ProvisionedThroughputExceededException', 400, 'REMEDIATION_FAILED'],
  ['InternalServerError', 500, 'REMEDIATION_FAILED'],
  ['TimeoutError', undefined, 'REMEDIATION_FAILED'],
] as const;

beforeEach(() => {
  dynamodb.reset();
});

describe('readSweep', () => {
  it('is one consistent read', async () => {
    dynamodb.on(GetItemCommand).resolves({});

    expect(await readSweep()).toEqual({ version: 0 });
    expect(dynamodb.calls()).toHaveLength(1);
    expect(dynamodb).toHaveReceivedCommandWith(GetItemCommand, {
      TableName: 'Records',
      Key: SWEEP_KEY,
      ConsistentRead: true,
    });
  });

  it.each([
    ['no JSON', { version: { N: '7' }, state: { S: '{"last":' } }, { version: 7 }],
    ['no state', { version: { N: '7' } }, { version: 7 }],
    ['no version', { state: { S: JSON.stringify({ last }) } }, { version: 0, last }],
  ])('begins anew, over the version that stands, with %s', async (_, Item, expected) => {
    dynamodb.on(GetItemCommand).resolves({ Item });

    expect(await readSweep()).toStrictEqual(expected);
  });

  it.each(FAULTS)('throws OBSERVATION_FAILED at %s', async (name, status) => {
    dynamodb.on(GetItemCommand).rejects(awsError(name, status));

    await expect(readSweep()).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the state of the sweep: ${name}: because`,
    });
  });
});

describe('writeSweep', () => {
  it.each([
    [0, { ConditionExpression: 'attribute_not_exists(#version)' }],
    [
      7,
      {
        ConditionExpression: '#version = :version',
        ExpressionAttributeValues: { ':version': { N: '7' } },
      },
    ],
  ])('writes over version %s only', async (version, condition) => {
    dynamodb.on(PutItemCommand).resolves({});

    const written = await writeSweep({ version, last });

    expect(written).toStrictEqual({ version: version + 1, last });
    expect(dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'Records',
      Item: {
        ...SWEEP_KEY,
        version: { N: String(version + 1) },
        state: { S: JSON.stringify(written) },
      },
      ExpressionAttributeNames: { '#version': 'version' },
      ...condition,
    });
  });

  it('throws RECORD_STALE where another one wrote first', async () => {
    dynamodb.on(PutItemCommand).rejects(awsError('ConditionalCheckFailedException', 400));

    await expect(writeSweep({ version: 7 })).rejects.toMatchObject({
      code: 'RECORD_STALE',
      message: 'state of the sweep changed since version 7 was read',
    });
  });

  it.each(FAULTS)('translates %s to %s %s', async (name, status, code) => {
    dynamodb.on(PutItemCommand).rejects(awsError(name, status));

    await expect(writeSweep({ version: 7 })).rejects.toMatchObject({
      code,
      message: `could not write the state of the sweep: ${name}: because`,
    });
  });
});

describe('the progress of rescans', () => {
  it('is written over whatever stands there, and read consistently', async () => {
    const Item = { ...PROGRESS_KEY, progress: { S: JSON.stringify(progress) } };
    dynamodb.on(PutItemCommand).resolves({}).on(GetItemCommand).resolves({ Item });

    await noteProgress(progress);

    expect(await readProgress(client, 'Records')).toStrictEqual(progress);
    expect(dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'Records',
      Item,
    });
    expect(dynamodb).toHaveReceivedCommandWith(GetItemCommand, {
      TableName: 'Records',
      Key: PROGRESS_KEY,
      ConsistentRead: true,
    });
  });

  it.each(FAULTS)('translates %s to %s %s', async (name, status, code) => {
    dynamodb.rejects(awsError(name, status));

    await expect(noteProgress(progress)).rejects.toMatchObject({
      code,
      message: `could not note the progress of the rescan: ${name}: because`,
    });
    await expect(readProgress(client, 'Records')).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the progress of the rescan: ${name}: because`,
    });
  });
});

import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createExemptionPorts,
  readMetExemptions,
} from '../../functions/adapters/dynamodb-exemptions.ts';
import { awsError } from '../support/aws-error.ts';

const dynamodb = mockClient(DynamoDBClient);
const ports = createExemptionPorts({
  client: new DynamoDBClient({ region: 'us-east-1' }),
  tableName: 'Records',
  nowMs: () => 5,
});

beforeEach(() => {
  dynamodb.reset();
});

describe('createExemptionPorts', () => {
  it('meets any number of exemptions in one call', async () => {
    dynamodb
      .on(UpdateItemCommand)
      .resolves({ Attributes: { 'met-a': { N: '3' }, 'met-b': { N: '5' } } });

    const met = await ports.meetExemptions(['a', 'b']);

    expect(met.get('a')).toEqual({ metMs: 3, isEndTold: false });
    expect(dynamodb).toHaveReceivedCommandTimes(UpdateItemCommand, 1);
  });

  it('asks for many of them in parts, none of which is too long for AWS', async () => {
    dynamodb.on(UpdateItemCommand).resolves({ Attributes: {} });
    const ids = Array.from({ length: 101 }, (_, index) => `${index}`.padStart(16, '0'));

    expect((await ports.meetExemptions(ids)).size).toBe(101);
    const expressions = dynamodb
      .commandCalls(UpdateItemCommand)
      .map(({ args: [{ input }] }) => input.UpdateExpression ?? '');
    expect(expressions).toHaveLength(3);
    expect(Math.max(...expressions.map(({ length }) => length))).toBeLessThan(4096);
  });

  it('gives the message back where the ledger cannot be read', async () => {
    dynamodb.on(UpdateItemCommand).rejects(awsError('ThrottlingException', 400));

    await expect(ports.meetExemptions(['a'])).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      retryable: true,
    });
  });

  it('says that it could not note what was told', async () => {
    dynamodb.on(UpdateItemCommand).rejects(awsError('ThrottlingException', 400));

    await expect(ports.noteEndTold('a')).rejects.toMatchObject({ code: 'REMEDIATION_FAILED' });
    await expect(ports.claimEnd('a')).rejects.toMatchObject({ code: 'REMEDIATION_FAILED' });
  });
});

describe('readMetExemptions', () => {
  const ledger = { client: new DynamoDBClient({ region: 'us-east-1' }), tableName: 'Records' };

  it('reads what was noted with one call, and notes nothing', async () => {
    dynamodb
      .on(GetItemCommand)
      .resolves({ Item: { 'met-a': { N: '3' }, 'told-a': { N: '4' }, 'met-c': { N: '1' } } });

    const met = await readMetExemptions(ledger, ['a', 'b']);

    expect([...met]).toEqual([['a', { metMs: 3, isEndTold: true }]]);
    expect(dynamodb.calls()).toHaveLength(1);
  });

  it('knows of none where there is no ledger yet', async () => {
    dynamodb.on(GetItemCommand).resolves({});

    expect((await readMetExemptions(ledger, ['a'])).size).toBe(0);
  });

  it('says that it could not read', async () => {
    dynamodb.on(GetItemCommand).rejects(awsError('AccessDeniedException', 400));

    await expect(readMetExemptions(ledger, ['a'])).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});

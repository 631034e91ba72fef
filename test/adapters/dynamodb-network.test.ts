import {
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createNetworkRecordPorts } from '../../functions/adapters/dynamodb-network.ts';
import { awsError } from '../support/aws-error.ts';

const dynamodb = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const ports = createNetworkRecordPorts({ client, tableName: 'Records', nowMs: () => 1000 });

beforeEach(() => {
  dynamodb.reset();
});

describe('the calls that find functions', () => {
  it('miss nothing that is on a later page', async () => {
    const page = (name: string) => ({ Items: [{ functionArn: { S: name } }] });
    const LastEvaluatedKey = { pk: { S: 'more' } };
    dynamodb
      .on(QueryCommand)
      .resolvesOnce({ ...page('a'), LastEvaluatedKey })
      .resolvesOnce({ LastEvaluatedKey })
      .resolvesOnce(page('b'))
      .on(ScanCommand)
      .resolvesOnce({ ...page('c'), LastEvaluatedKey })
      .resolvesOnce({ Items: [{}, { functionArn: { S: 'd' } }] });

    expect(await all(ports.listFunctionsIn('vpc-1'))).toEqual(['a', 'b']);
    expect(await all(ports.listAttachedFunctions())).toEqual(['c', 'd']);
    expect(dynamodb).toHaveReceivedCommandWith(QueryCommand, { IndexName: 'by-vpc' });
    expect(dynamodb).toHaveReceivedCommandWith(ScanCommand, { IndexName: 'by-vpc' });
  });

  it('throw OBSERVATION_FAILED when a list fails', async () => {
    dynamodb.rejects(awsError('AccessDeniedException', 400));

    await expect(all(ports.listFunctionsIn('vpc-1'))).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not list the functions in `vpc-1`: AccessDeniedException: because',
    });
    await expect(all(ports.listAttachedFunctions())).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not list the attached functions: AccessDeniedException: because',
    });
  });

  it.each([
    ['AccessDeniedException', 'REMEDIATION_DENIED'],
    ['InternalServerError', 'REMEDIATION_FAILED'],
  ])('translate %s at a claim to %s', async (name, code) => {
    dynamodb.rejects(awsError(name, 400));

    await expect(ports.claimNetworkLook('rtb-1', 30)).rejects.toMatchObject({ code });
  });

  it('leave a claim that expires by itself', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    await ports.claimNetworkLook('rtb-1', 30);

    expect(dynamodb.commandCalls(PutItemCommand)[0]?.args[0].input.Item).toEqual({
      pk: { S: 'network#rtb-1' },
      sk: { S: 'look' },
      untilMs: { N: '31000' },
      expiresAt: { N: '31' },
    });
  });
});

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
}

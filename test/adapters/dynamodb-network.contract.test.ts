import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRecordPorts } from '../../functions/adapters/dynamodb.ts';
import { createNetworkRecordPorts } from '../../functions/adapters/dynamodb-network.ts';
import { type FunctionRecord, newRecord } from '../../functions/core/record.ts';
import { type DynamoDb, startDynamoDb } from '../support/dynamodb-table.ts';

const PLACE = 'arn:aws:lambda:us-east-1:123456789012:function';

describe('the index on the records', () => {
  let dynamoDb: DynamoDb;
  let tables = 0;
  let tableName: string;
  let nowMs = 1_795_338_000_000;

  beforeAll(async () => {
    dynamoDb = await startDynamoDb();
  });

  afterAll(async () => {
    await dynamoDb.stop();
  });

  beforeEach(async () => {
    tables += 1;
    tableName = `Indexed${tables}`;
    await dynamoDb.createTable(tableName);
  });

  it('finds the functions of a VPC as they were last seen', async () => {
    await write('orders', 'vpc-1');
    await write('pay', 'vpc-1');
    await write('ship', 'vpc-2');
    await write('detached');

    expect(await all(ports().listFunctionsIn('vpc-1'))).toEqual([
      `${PLACE}:orders`,
      `${PLACE}:pay`,
    ]);
    expect(await all(ports().listFunctionsIn('vpc-3'))).toEqual([]);
    expect((await all(ports().listAttachedFunctions())).sort()).toEqual([
      `${PLACE}:orders`,
      `${PLACE}:pay`,
      `${PLACE}:ship`,
    ]);
  });

  it('follows a function that is moved, detached or deleted', async () => {
    const first = await write('orders', 'vpc-1');
    const moved = await records().writeRecord({ ...recordOf('orders', 'vpc-2'), version: 1 });
    expect(first.version).toBe(1);
    expect(await all(ports().listFunctionsIn('vpc-1'))).toEqual([]);
    expect(await all(ports().listFunctionsIn('vpc-2'))).toEqual([`${PLACE}:orders`]);

    await records().writeRecord({ ...moved, isDeleted: true });
    expect(await all(ports().listAttachedFunctions())).toEqual([]);
  });

  it('claims a look once until its time is over, each resource for itself', async () => {
    const claim = (resourceId: string) => ports().claimNetworkLook(resourceId, 30);

    expect(await claim('rtb-1')).toBe(true);
    nowMs += 29_999;
    expect(await claim('rtb-1')).toBe(false);
    expect(await claim('rtb-2')).toBe(true);
    nowMs += 1;
    expect(await claim('rtb-1')).toBe(true);
    expect(await claim('rtb-1')).toBe(false);
  });

  it('lets one of many claim a look that ask at the same time', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => ports().claimNetworkLook('rtb-1', 30)),
    );

    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  function ports() {
    return createNetworkRecordPorts({ client: dynamoDb.client, tableName, nowMs: () => nowMs });
  }

  function records() {
    return createRecordPorts(dynamoDb.client, tableName);
  }

  function write(name: string, vpcId?: string): Promise<FunctionRecord> {
    return records().writeRecord(recordOf(name, vpcId));
  }
});

function recordOf(name: string, vpcId?: string): FunctionRecord {
  const functionArn = `${PLACE}:${name}`;
  return {
    ...newRecord(functionArn),
    current: {
      attachment: {
        subnetIds: vpcId === undefined ? [] : ['subnet-1'],
        securityGroupIds: [],
        ipv6AllowedForDualStack: false,
        ...(vpcId === undefined ? {} : { vpcId }),
      },
      call: 'CreateFunction',
      role: 'arn:aws:iam::123456789012:role/lambda-role',
    },
  };
}

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
}

import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { FunctionRecord } from '../core/record.ts';
import { VPC_INDEX } from '../core/record-index.ts';
import { parseRecord, recordKeyOf } from '../core/record-item.ts';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** What the guardrail remembers of functions. */
export type RecordPorts = Pick<Ports, 'readRecord' | 'writeRecord'>;

const DELETED_RECORDS_LIVE_MS = 30 * 24 * 60 * 60 * 1000;

/** Builds the ports that read and write records. */
export function createRecordPorts(client: DynamoDBClient, tableName: string): RecordPorts {
  return {
    readRecord: (functionArn) => readRecord(client, tableName, functionArn),
    writeRecord: (record) => writeRecord(client, tableName, record),
  };
}

async function readRecord(
  client: DynamoDBClient,
  tableName: string,
  functionArn: string,
): Promise<FunctionRecord | undefined> {
  try {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: recordKeyOf(functionArn),
        ConsistentRead: true,
      }),
    );
    return parseRecord(Item?.['record']?.S);
  } catch (error) {
    throw observationFailed(error, `could not read the record of \`${functionArn}\``);
  }
}

async function writeRecord(
  client: DynamoDBClient,
  tableName: string,
  record: FunctionRecord,
): Promise<FunctionRecord> {
  const written = { ...record, version: record.version + 1 };
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: toItem(written),
        ...conditionOn(record.version),
      }),
    );
    return written;
  } catch (error) {
    throw toWriteError(error, record);
  }
}

/** The record is one attribute: it is read whole, and comes back as it was written. */
function toItem(record: FunctionRecord) {
  const vpcId = record.isDeleted ? undefined : record.current?.attachment.vpcId;
  const expiresAt = Math.ceil((record.changedAtMs + DELETED_RECORDS_LIVE_MS) / 1000);
  return {
    ...recordKeyOf(record.functionArn),
    [VPC_INDEX.sortKey]: { S: record.functionArn },
    version: { N: String(record.version) },
    record: { S: JSON.stringify(record) },
    // Only what has it is in the index.
    ...(vpcId === undefined ? {} : { [VPC_INDEX.partitionKey]: { S: vpcId } }),
    ...(record.isDeleted ? { expiresAt: { N: String(expiresAt) } } : {}),
  };
}

function conditionOn(version: number) {
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}

function toWriteError(error: unknown, { functionArn, version }: FunctionRecord): GuardrailError {
  if (parseAwsError(error).name !== 'ConditionalCheckFailedException') {
    return writeFailed(error, `could not write the record of \`${functionArn}\``);
  }
  const message = `record of \`${functionArn}\` changed since version ${version} was read`;
  return new GuardrailError(message, { code: 'RECORD_STALE', cause: error });
}

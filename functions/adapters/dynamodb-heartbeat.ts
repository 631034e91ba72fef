import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

const KEY = { pk: { S: 'sweep' }, sk: { S: 'heartbeat' } };

/** Builds the port that notes that a heartbeat came back; an older one never takes the place of a newer. */
export function createNoteHeartbeat(
  client: DynamoDBClient,
  tableName: string,
): Ports['noteHeartbeat'] {
  return async (sentMs) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: KEY,
          UpdateExpression: 'SET sentMs = :sent',
          ConditionExpression: 'attribute_not_exists(sentMs) OR sentMs < :sent',
          ExpressionAttributeValues: { ':sent': { N: String(sentMs) } },
        }),
      );
    } catch (error) {
      if (parseAwsError(error).name === 'ConditionalCheckFailedException') return;
      throw writeFailed(error, 'could not note the heartbeat');
    }
  };
}

/** Builds what reads when the heartbeat was sent that came back last. */
export function createReadHeartbeat(
  client: DynamoDBClient,
  tableName: string,
): () => Promise<number | undefined> {
  return async () => {
    try {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }),
      );
      const sentMs = Number(Item?.['sentMs']?.N);
      return Number.isNaN(sentMs) ? undefined : sentMs;
    } catch (error) {
      throw observationFailed(error, 'could not read the heartbeat');
    }
  };
}

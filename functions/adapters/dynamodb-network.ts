import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { VPC_INDEX } from '../core/record-index.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** What the table answers about the network that functions are in. */
export interface NetworkRecordPorts {
  /** The functions whose last seen attachment is in a VPC. */
  readonly listFunctionsIn: (vpcId: string) => AsyncIterable<string>;
  /** The functions whose last seen attachment is in any VPC. */
  readonly listAttachedFunctions: () => AsyncIterable<string>;
  /** True for the first who asks within so many seconds. */
  readonly claimNetworkLook: (resourceId: string, seconds: number) => Promise<boolean>;
}

/** Where records are kept, and what time it is. */
interface Store {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly nowMs: () => number;
}

type Page = { readonly Items?: Record<string, AttributeValue>[] | undefined };

/** Builds the ports that find functions by their network. */
export function createNetworkRecordPorts(store: Store): NetworkRecordPorts {
  const { client, tableName } = store;
  const index = { TableName: tableName, IndexName: VPC_INDEX.name, ProjectionExpression: '#arn' };
  const names = { '#arn': VPC_INDEX.sortKey };
  return {
    listFunctionsIn: (vpcId) =>
      listFunctions(
        paginateQuery(
          { client },
          {
            ...index,
            KeyConditionExpression: '#vpc = :vpc',
            ExpressionAttributeNames: { ...names, '#vpc': VPC_INDEX.partitionKey },
            ExpressionAttributeValues: { ':vpc': { S: vpcId } },
          },
        ),
        `could not list the functions in \`${vpcId}\``,
      ),
    listAttachedFunctions: () =>
      listFunctions(
        paginateScan({ client }, { ...index, ExpressionAttributeNames: names }),
        'could not list the attached functions',
      ),
    claimNetworkLook: (resourceId, seconds) => claim(store, resourceId, seconds),
  };
}

async function* listFunctions(pages: AsyncIterable<Page>, attempt: string): AsyncGenerator<string> {
  try {
    for await (const { Items = [] } of pages) {
      for (const { [VPC_INDEX.sortKey]: functionArn } of Items) {
        if (functionArn?.S !== undefined) yield functionArn.S;
      }
    }
  } catch (error) {
    throw observationFailed(error, attempt);
  }
}

/** The claim is over when its time is, whether or not DynamoDB has deleted it by then. */
async function claim(
  { client, tableName, nowMs }: Store,
  resourceId: string,
  seconds: number,
): Promise<boolean> {
  const claimedMs = nowMs();
  const untilMs = claimedMs + seconds * 1000;
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: {
          pk: { S: `network#${resourceId}` },
          sk: { S: 'look' },
          untilMs: { N: String(untilMs) },
          expiresAt: { N: String(Math.ceil(untilMs / 1000)) },
        },
        ConditionExpression: 'attribute_not_exists(pk) OR untilMs <= :now',
        ExpressionAttributeValues: { ':now': { N: String(claimedMs) } },
      }),
    );
    return true;
  } catch (error) {
    if (parseAwsError(error).name === 'ConditionalCheckFailedException') return false;
    throw writeFailed(error, `could not claim the look at \`${resourceId}\``);
  }
}

import { isEqual, type JsonObject, toText } from '../json-value.ts';
import { objectAt, only, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

const CREATED_WITH = [
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'ProvisionedThroughput',
  'Tags',
];

const INDEX = {
  IndexName: true,
  KeySchema: { AttributeName: true, KeyType: true },
  Projection: { NonKeyAttributes: true, ProjectionType: true },
} as const;
const THROUGHPUT = { ReadCapacityUnits: true, WriteCapacityUnits: true } as const;

/** AWS::DynamoDB::Table. */
export const dynamodbTable: ResourceType = {
  name: 'AWS::DynamoDB::Table',
  properties: {
    AttributeDefinitions: { AttributeName: true, AttributeType: true },
    BillingMode: true,
    GlobalSecondaryIndexes: { ...INDEX, ProvisionedThroughput: THROUGHPUT },
    KeySchema: { AttributeName: true, KeyType: true },
    LocalSecondaryIndexes: INDEX,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    ProvisionedThroughput: THROUGHPUT,
    TableName: true,
    Tags: { Key: true, Value: true },
    TimeToLiveSpecification: { AttributeName: true, Enabled: true },
  },
  required: ['KeySchema'],
  attributes: ['Arn'],
  // AWS: indexes and tags change in place; the local account makes a new table.
  replacedBy: [
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'TableName',
    'Tags',
  ],
  nameProperty: 'TableName',
  create: async (work, properties) => {
    const name = textAt(properties, 'TableName') ?? work.newName(255);
    const { TableDescription } = await work.call<CreateTableAnswer>('dynamodb', 'CreateTable', {
      TableName: name,
      ...only(properties, CREATED_WITH),
    });
    const made = { physicalId: name, attributes: { Arn: TableDescription.TableArn } };
    work.exists(made);
    await setRecovery(work, name, properties);
    await setExpiry(work, name, { properties, before: {} });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    const changed = ['BillingMode', 'ProvisionedThroughput'];
    if (changed.some((name) => !isEqual(properties[name], before[name]))) {
      await work.call('dynamodb', 'UpdateTable', {
        TableName: physicalId,
        ...only(properties, changed),
      });
    }
    await setRecovery(work, physicalId, properties);
    await setExpiry(work, physicalId, { properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('dynamodb', 'DeleteTable', { TableName: physicalId });
  },
};

interface CreateTableAnswer {
  readonly TableDescription: { readonly TableArn: string };
}

async function setRecovery(
  work: ResourceWork,
  name: string,
  properties: JsonObject,
): Promise<void> {
  const recovery = objectAt(properties, 'PointInTimeRecoverySpecification');
  await work.call('dynamodb', 'UpdateContinuousBackups', {
    TableName: name,
    PointInTimeRecoverySpecification: recovery ?? { PointInTimeRecoveryEnabled: false },
  });
}

async function setExpiry(
  work: ResourceWork,
  name: string,
  { properties, before }: { readonly properties: JsonObject; readonly before: JsonObject },
): Promise<void> {
  const [now, then] = [enabledExpiry(properties), enabledExpiry(before)];
  if (isEqual(now, then)) return;
  if (then !== undefined) {
    await work.call('dynamodb', 'UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: { ...then, Enabled: false },
    });
  }
  if (now === undefined) return;
  await work.call('dynamodb', 'UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { ...now, Enabled: true },
  });
}

function enabledExpiry(properties: JsonObject): JsonObject | undefined {
  const expiry = objectAt(properties, 'TimeToLiveSpecification');
  if (expiry === undefined || toText(expiry['Enabled']) !== 'true') return undefined;
  return { AttributeName: expiry['AttributeName'] };
}

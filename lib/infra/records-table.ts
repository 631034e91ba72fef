import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { VPC_INDEX } from '../../functions/core/record-index.ts';

/**
 * Creates the table of records: what the guardrail knows of every function, and the account item.
 *
 * It outlives the stack, since a quarantine can only be undone with what it remembers.
 */
export function createRecordsTable(scope: Construct): Table {
  const table = new Table(scope, 'Records', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expiresAt',
    removalPolicy: RemovalPolicy.RETAIN,
  });
  table.addGlobalSecondaryIndex({
    indexName: VPC_INDEX.name,
    partitionKey: { name: VPC_INDEX.partitionKey, type: AttributeType.STRING },
    sortKey: { name: VPC_INDEX.sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  return table;
}

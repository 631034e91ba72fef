import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseAwsError } from '../../../functions/adapters/aws-errors.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { tableFailed } from '../find-table.ts';

/** Refuses a table that somebody typed and that is not there; whatever else stops it, the checks tell. */
export async function requireTable(TableName: string, access: AwsAccess): Promise<void> {
  const client = new DynamoDBClient(clientSettingsOf(access));
  try {
    await client.send(new DescribeTableCommand({ TableName }));
  } catch (error) {
    if (parseAwsError(error).name === 'ResourceNotFoundException') {
      throw tableFailed(error, TableName, 'could not read');
    }
  } finally {
    client.destroy();
  }
}

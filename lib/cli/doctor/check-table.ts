import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good, notYet, off } from './checkup.ts';
import type { TabledAccount } from './doctor-account.ts';
import { judgeFact, readFact, withClient } from './read-fact.ts';

/** Looks at the table itself: whether it is there, and what keeps it from being lost. */
export async function checkTable({
  access,
  tableName,
}: TabledAccount): Promise<readonly Checkup[]> {
  const TableName = tableName;
  return withClient(new DynamoDBClient(clientSettingsOf(access)), async (client) => {
    const [table, backups] = await Promise.all([
      readFact('dynamodb:DescribeTable', async () => {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        return Table;
      }),
      readFact('dynamodb:DescribeContinuousBackups', async () => {
        const { ContinuousBackupsDescription: found } = await client.send(
          new DescribeContinuousBackupsCommand({ TableName }),
        );
        return found?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
      }),
    ]);
    const about = { topic: 'table' } as const;
    return [
      judgeFact({ ...about, subject: tableName }, table, (found) =>
        judgeTable(tableName, found?.TableStatus ?? ''),
      ),
      judgeFact({ ...about, subject: 'point-in-time recovery' }, backups, (status) =>
        judgeRecovery(tableName, status === 'ENABLED'),
      ),
      judgeFact({ ...about, subject: 'deletion protection' }, table, (found) =>
        judgeProtection(tableName, found?.DeletionProtectionEnabled === true),
      ),
    ];
  });
}

/** Judges the state of the table. */
export function judgeTable(tableName: string, status: string): Checkup {
  const about = { topic: 'table', subject: tableName } as const;
  if (status === 'ACTIVE' || status === 'UPDATING') return good(about, status);
  if (status === 'CREATING') return notYet(about, status, 'look again in a minute');
  const fix = `aws dynamodb describe-table --table-name ${tableName}`;
  return bad(about, `it is ${status}`, `see why: ${fix}`);
}

/** Judges whether a table that was spoilt could be had back; it is deployed so. */
export function judgeRecovery(tableName: string, isOn: boolean): Checkup {
  const about = { topic: 'table', subject: 'point-in-time recovery' } as const;
  if (isOn) return good(about, 'enabled');
  return bad(
    about,
    'disabled: a quarantine can only be undone with what the table remembers',
    `aws dynamodb update-continuous-backups --table-name ${tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
  );
}

/** Judges whether anybody may delete the table; it is deployed without that. */
export function judgeProtection(tableName: string, isOn: boolean): Checkup {
  const about = { topic: 'table', subject: 'deletion protection' } as const;
  if (isOn) return good(about, 'enabled');
  const fix = `aws dynamodb update-table --table-name ${tableName} --deletion-protection-enabled`;
  return off(about, 'not enabled; the table outlives the stack all the same', fix);
}

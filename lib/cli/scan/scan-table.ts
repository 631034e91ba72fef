import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isDenied } from '../../../functions/adapters/aws-errors.ts';
import { readMetExemptions } from '../../../functions/adapters/dynamodb-exemptions.ts';
import { readHistorySince } from '../../../functions/adapters/dynamodb-history.ts';
import { createReadRecords } from '../../../functions/adapters/dynamodb-record-batches.ts';
import type { MetExemptions } from '../../../functions/core/exemption.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { HistoryEntry } from '../../../functions/core/history.ts';
import type { SweepPorts } from '../../../functions/workflows/sweep-ports.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { tableFailed } from '../find-table.ts';
import type { BlindSpots, Sight } from './not-seen.ts';

/** What a scan reads of a guardrail's table, as far as there is one and the caller may read it. */
export interface ScanTable {
  readonly readRecords: SweepPorts['readRecords'];
  readonly readMet: (exemptionIds: readonly string[]) => Promise<MetExemptions>;
  /** Undefined where it may not be read. */
  readonly readHistory: (sinceMs: number) => Promise<readonly HistoryEntry[] | undefined>;
}

/** Where nothing is deployed, nothing is known. */
export const NO_TABLE: ScanTable = {
  readRecords: async () => new Map(),
  readMet: async () => new Map(),
  readHistory: async () => undefined,
};

/** Opens a table to read; what the caller may not read is as if it were not there, and is noted. */
export function openScanTable(
  tableName: string,
  access: AwsAccess,
  blindSpots: BlindSpots,
): ScanTable {
  const client = new DynamoDBClient(clientSettingsOf(access));
  const readRecords = createReadRecords(client, tableName);
  const unlessDenied = async <Answer>(
    sight: Sight,
    read: () => Promise<Answer>,
  ): Promise<Answer | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof GuardrailError)) throw error;
      if (!isDenied(error.cause)) throw tableFailed(error.cause, tableName, 'could not read');
      blindSpots.note(sight, error.message);
      return undefined;
    }
  };
  return {
    readRecords: async (arns) =>
      (await unlessDenied('dynamodb:BatchGetItem', () => readRecords(arns))) ?? new Map(),
    readMet: async (ids) =>
      (await unlessDenied('dynamodb:GetItem', () =>
        readMetExemptions({ client, tableName }, ids),
      )) ?? new Map(),
    readHistory: (sinceMs) =>
      unlessDenied('dynamodb:Scan', () => readHistorySince(client, tableName, sinceMs)),
  };
}

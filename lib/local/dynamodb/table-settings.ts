import {
  type ContinuousBackupsDescription,
  DescribeContinuousBackups$,
  type DescribeContinuousBackupsInput,
  DescribeTimeToLive$,
  type DescribeTimeToLiveInput,
  UpdateContinuousBackups$,
  type UpdateContinuousBackupsInput,
  UpdateTimeToLive$,
  type UpdateTimeToLiveInput,
} from '@aws-sdk/client-dynamodb';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { scheduleExpiry } from './expiry.ts';
import { mutation } from './table-operations.ts';
import { type TableFacts, type Tables, tableArn, tableNameOf } from './tables.ts';

const RECOVERY_DAYS = 35;
const DAY_MS = 86_400_000;

/** The operations on expiry and point-in-time recovery, of which the emulator knows nothing. */
export function tableSettings(tables: Tables): readonly Operation[] {
  const { core } = tables;
  return [
    mutation<UpdateTimeToLiveInput, object>(tables, UpdateTimeToLive$, (input) =>
      updateTimeToLive(tables, input),
    ),
    operation<DescribeTimeToLiveInput, object>(DescribeTimeToLive$, {
      needs: ({ TableName }) => [
        { action: 'dynamodb:DescribeTimeToLive', resource: tableArn(core, TableName) },
      ],
      handle: ({ TableName }) => ({
        TimeToLiveDescription: describeTimeToLive(factsOf(tables, TableName)),
      }),
    }),
    mutation<UpdateContinuousBackupsInput, object>(tables, UpdateContinuousBackups$, (input) => {
      const facts = factsOf(tables, input.TableName, 'TableNotFoundException');
      const { PointInTimeRecoveryEnabled: isWanted = false } =
        input.PointInTimeRecoverySpecification ?? {};
      if (!isWanted) delete facts.recoverableSinceMs;
      else facts.recoverableSinceMs ??= core.clock.nowMs();
      return { ContinuousBackupsDescription: describeBackups(facts, core.clock.nowMs()) };
    }),
    operation<DescribeContinuousBackupsInput, object>(DescribeContinuousBackups$, {
      needs: ({ TableName }) => [
        { action: 'dynamodb:DescribeContinuousBackups', resource: tableArn(core, TableName) },
      ],
      handle: ({ TableName }) => ({
        ContinuousBackupsDescription: describeBackups(
          factsOf(tables, TableName, 'TableNotFoundException'),
          core.clock.nowMs(),
        ),
      }),
    }),
  ];
}

function updateTimeToLive(tables: Tables, input: UpdateTimeToLiveInput): object {
  const facts = factsOf(tables, input.TableName);
  const { AttributeName: attribute = '', Enabled = false } = input.TimeToLiveSpecification ?? {};
  const isEnabled = facts.timeToLiveAttribute !== undefined;
  if (Enabled === isEnabled) {
    throw invalid(`TimeToLive is already ${Enabled ? 'enabled' : 'disabled'}`);
  }
  if (Enabled) {
    facts.timeToLiveAttribute = attribute;
    scheduleExpiry(tables, tableNameOf(input.TableName));
  } else {
    delete facts.timeToLiveAttribute;
  }
  return { TimeToLiveSpecification: input.TimeToLiveSpecification };
}

function describeTimeToLive({ timeToLiveAttribute: attribute }: TableFacts): object {
  return attribute === undefined
    ? { TimeToLiveStatus: 'DISABLED' }
    : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute };
}

/** AWS: the last five minutes cannot be restored yet, and nothing older than the period. */
function describeBackups(
  { recoverableSinceMs: sinceMs }: TableFacts,
  nowMs: number,
): ContinuousBackupsDescription {
  if (sinceMs === undefined) {
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const earliestMs = Math.max(sinceMs, nowMs - RECOVERY_DAYS * DAY_MS);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: RECOVERY_DAYS,
      EarliestRestorableDateTime: new Date(earliestMs),
      LatestRestorableDateTime: new Date(Math.max(earliestMs, nowMs - 300_000)),
    },
  };
}

function factsOf(
  { facts }: Tables,
  nameOrArn: string | undefined,
  code: 'ResourceNotFoundException' | 'TableNotFoundException' = 'ResourceNotFoundException',
): TableFacts {
  const name = tableNameOf(nameOrArn);
  const found = facts.get(name);
  if (found !== undefined) return found;
  const message = {
    ResourceNotFoundException: `Requested resource not found: Table: ${name} not found`,
    TableNotFoundException: `Table not found: ${name}`,
  }[code];
  throw new AwsFault(message, { code, status: 400 });
}

function invalid(message: string): AwsFault {
  return new AwsFault(message, { code: 'ValidationException', status: 400 });
}

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
      const facts = factsOf(tables, input.TableName);
      facts.isRecoverable =
        input.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true;
      return { ContinuousBackupsDescription: describeBackups(facts) };
    }),
    operation<DescribeContinuousBackupsInput, object>(DescribeContinuousBackups$, {
      needs: ({ TableName }) => [
        { action: 'dynamodb:DescribeContinuousBackups', resource: tableArn(core, TableName) },
      ],
      handle: ({ TableName }) => ({
        ContinuousBackupsDescription: describeBackups(factsOf(tables, TableName)),
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

function describeBackups({ isRecoverable }: TableFacts): ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: isRecoverable ? 'ENABLED' : 'DISABLED',
      ...(isRecoverable ? { RecoveryPeriodInDays: 35 } : {}),
    },
  };
}

function factsOf({ facts }: Tables, nameOrArn: string | undefined): TableFacts {
  const name = tableNameOf(nameOrArn);
  const found = facts.get(name);
  if (found !== undefined) return found;
  throw new AwsFault(`Requested resource not found: Table: ${name} not found`, {
    code: 'ResourceNotFoundException',
    status: 400,
  });
}

function invalid(message: string): AwsFault {
  return new AwsFault(message, { code: 'ValidationException', status: 400 });
}

import type { StaticOperationSchema } from '@smithy/types';
import type { AccountCore } from '../account-core.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, operation, type Service } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { LOG_SCHEMAS } from './log-schemas.ts';

interface LogGroup {
  readonly logGroupName: string;
  readonly arn: string;
  readonly creationTime: number;
  retentionInDays?: number;
}

interface Named {
  readonly logGroupName: string;
}

interface Logs {
  readonly core: AccountCore;
  readonly groups: Map<string, LogGroup>;
}

const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Creates CloudWatch Logs as far as log groups go: what handlers print is in the journal. */
export function createLogsService(core: AccountCore): Service {
  const logs: Logs = { core, groups: new Map() };
  return {
    name: 'logs',
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'Logs_20140328',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [
      mutation<Named>(logs, LOG_SCHEMAS.createLogGroup, (input) => createLogGroup(logs, input)),
      mutation<Named & { readonly retentionInDays: number }>(
        logs,
        LOG_SCHEMAS.putRetentionPolicy,
        ({ logGroupName, retentionInDays }) => {
          if (!RETENTIONS.includes(retentionInDays)) {
            throw invalid(`The specified retention \`${retentionInDays}\` is not valid`);
          }
          groupOf(logs, logGroupName).retentionInDays = retentionInDays;
        },
      ),
      mutation<Named>(logs, LOG_SCHEMAS.deleteRetentionPolicy, ({ logGroupName }) => {
        delete groupOf(logs, logGroupName).retentionInDays;
      }),
      mutation<Named>(logs, LOG_SCHEMAS.deleteLogGroup, ({ logGroupName }) => {
        groupOf(logs, logGroupName);
        logs.groups.delete(logGroupName);
      }),
      describeLogGroups(logs),
    ],
  };
}

function mutation<Input extends Named>(
  { core }: Logs,
  schema: StaticOperationSchema,
  apply: (input: Input) => void,
): Operation {
  return operation<Input, object>(schema, {
    needs: ({ logGroupName }) => [
      { action: `logs:${schema[2]}`, resource: arnOf(core, logGroupName) },
    ],
    handle: (input) => {
      apply(input);
      return {};
    },
    trail: (input) => ({ eventName: schema[2], request: input, response: () => null }),
  });
}

function createLogGroup({ core, groups }: Logs, { logGroupName }: Named): void {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName)) {
    throw invalid(
      `1 validation error detected: Value '${logGroupName}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
  if (groups.has(logGroupName)) {
    throw new AwsFault('The specified log group already exists', {
      code: 'ResourceAlreadyExistsException',
      status: 400,
    });
  }
  const arn = arnOf(core, logGroupName);
  groups.set(logGroupName, { logGroupName, arn, creationTime: core.clock.nowMs() });
}

function describeLogGroups({ core, groups }: Logs): Operation {
  return operation<
    { readonly logGroupNamePrefix?: string; readonly nextToken?: string; readonly limit?: number },
    object
  >(LOG_SCHEMAS.describeLogGroups, {
    needs: () => [{ action: 'logs:DescribeLogGroups', resource: arnOf(core, '*') }],
    handle: ({ logGroupNamePrefix: prefix = '', nextToken: token, limit = 50 }) => {
      const found = [...groups.values()]
        .filter(({ logGroupName }) => logGroupName.startsWith(prefix))
        .sort((left, right) => (left.logGroupName < right.logGroupName ? -1 : 1));
      const page = cutPage(found, { limit, token });
      if (page === undefined) throw invalid('The specified nextToken is invalid.');
      const { items, nextToken } = page;
      return { logGroups: items, ...(nextToken === undefined ? {} : { nextToken }) };
    },
  });
}

function groupOf({ groups }: Logs, name: string): LogGroup {
  const group = groups.get(name);
  if (group !== undefined) return group;
  throw new AwsFault('The specified log group does not exist.', {
    code: 'ResourceNotFoundException',
    status: 400,
  });
}

function arnOf({ accountId, region }: AccountCore, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`;
}

function invalid(message: string): AwsFault {
  return new AwsFault(message, { code: 'InvalidParameterException', status: 400 });
}

import { LambdaClient } from '@aws-sdk/client-lambda';
import { asFact } from '../../../functions/adapters/as-fact.ts';
import { createReadLastInvocations } from '../../../functions/adapters/cloudwatch.ts';
import { createListPage } from '../../../functions/adapters/lambda-list.ts';
import { createReadAliases } from '../../../functions/adapters/lambda-versions.ts';
import type { MetExemptions } from '../../../functions/core/exemption.ts';
import type { Fact } from '../../../functions/core/facts.ts';
import { sweepRates } from '../../../functions/core/lambda-quotas.ts';
import { createFactPorts } from '../../../functions/runtime/fact-ports.ts';
import { keepToQuotas } from '../../../functions/runtime/paced-calls.ts';
import type { ListedFunction } from '../../../functions/workflows/ports.ts';
import type { SweepPorts } from '../../../functions/workflows/sweep-ports.ts';
import { type AwsAccess, clientSettingsOf } from '../aws-access.ts';
import { type BlindSpots, type Sight, watchFact } from './not-seen.ts';
import { createReadFunction } from './read-function.ts';
import type { ScanReads } from './read-only-ports.ts';
import type { ScanTable } from './scan-table.ts';

/** What the reads of a scan are made of. */
export interface ScanSource {
  readonly access: AwsAccess;
  readonly nowMs: () => number;
  readonly table: ScanTable;
  readonly blindSpots: BlindSpots;
  /** How much of Lambda's shared quota it may take, as the policy says. */
  readonly share: number;
}

/** A third of the shared quota is five calls a second: what deploys meanwhile needs the rest. */
const MOST_SHARE = 1 / 3;
const PATIENCE = 6;

/** Builds the reads of a scan; what the caller may not read is noted. */
export function createScanReads(source: ScanSource): ScanReads {
  const { access, nowMs, table, blindSpots, share } = source;
  const settings = clientSettingsOf(access);
  const lambdaClient = keepToQuotas(
    new LambdaClient({ ...settings, maxAttempts: PATIENCE }),
    sweepRates(Math.min(share, MOST_SHARE)),
  );
  const listed = new Map<string, ListedFunction>();
  const listPage = createListPage(lambdaClient);
  const readAliases = createReadAliases(lambdaClient);
  const readLastInvocations = createReadLastInvocations(settings, nowMs);
  const facts = createFactPorts({ settings, lambdaClient, nowMs });
  return {
    nowMs,
    ...watched(
      {
        ...facts,
        readAliases: (functionArn) => asFact(() => readAliases(functionArn)),
        readLastInvocations: (names) => asFact(() => readLastInvocations(names)),
      },
      blindSpots,
    ),
    listPage: async (...asked) => {
      const page = await listPage(...asked);
      for (const one of page?.functions ?? []) listed.set(qualified(one), one);
      return page;
    },
    readSnapshot: createReadFunction(lambdaClient, (arn) => listed.get(arn), blindSpots),
    readRecords: table.readRecords,
    meetExemptions: async (ids) => meetNow(ids, await table.readMet(ids), nowMs()),
  };
}

type Facts = Pick<SweepPorts, keyof typeof SEEN_BY>;

/** By port: the permissions that it takes. */
const SEEN_BY = {
  readNetwork: 'ec2:Describe*',
  readRole: 'iam:SimulatePrincipalPolicy',
  readFunctionCode: 'iam:SimulatePrincipalPolicy',
  readVersions: 'lambda:ListVersionsByFunction, lambda:ListAliases',
  readCapacityProvider: 'lambda:GetCapacityProvider',
  readInterfaceQuota: 'servicequotas:ListServiceQuotas',
  readAliases: 'lambda:ListAliases',
  readLastInvocations: 'cloudwatch:GetMetricData',
} as const satisfies Partial<Record<keyof SweepPorts, Sight>>;

function watched(facts: Facts & Pick<SweepPorts, 'readEventPaths'>, blindSpots: BlindSpots) {
  const watch =
    (port: keyof typeof SEEN_BY) =>
    <Value>(fact: Fact<Value>) =>
      watchFact(fact, SEEN_BY[port], blindSpots);
  return {
    readNetwork: (...asked) => facts.readNetwork(...asked).then(watch('readNetwork')),
    readRole: (...asked) => facts.readRole(...asked).then(watch('readRole')),
    readFunctionCode: (...asked) =>
      facts.readFunctionCode(...asked).then(watch('readFunctionCode')),
    readVersions: (...asked) => facts.readVersions(...asked).then(watch('readVersions')),
    readCapacityProvider: (...asked) =>
      facts.readCapacityProvider(...asked).then(watch('readCapacityProvider')),
    readInterfaceQuota: () => facts.readInterfaceQuota().then(watch('readInterfaceQuota')),
    readAliases: (...asked) => facts.readAliases(...asked).then(watch('readAliases')),
    readLastInvocations: (...asked) =>
      facts.readLastInvocations(...asked).then(watch('readLastInvocations')),
    readEventPaths: facts.readEventPaths,
  } satisfies Facts & Pick<SweepPorts, 'readEventPaths'>;
}

/** What no deployed policy has met yet would be met now: whatever is there was there before it. */
function meetNow(ids: readonly string[], met: MetExemptions, nowMs: number): MetExemptions {
  return new Map(ids.map((id) => [id, met.get(id) ?? { metMs: nowMs + 1, isEndTold: false }]));
}

function qualified({ functionArn, version }: ListedFunction): string {
  return version === undefined ? functionArn : `${functionArn}:${version}`;
}

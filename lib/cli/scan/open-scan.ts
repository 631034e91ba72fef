import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { type AccountClock, createAccountClock } from '../account-clock.ts';
import type { AwsAccess } from '../aws-access.ts';
import { type Caller, readCaller } from '../read-caller.ts';
import { type DeploymentOptions, type FoundDeployment, findDeployment } from './deployment.ts';
import { type BlindSpots, createBlindSpots } from './not-seen.ts';
import type { ScanReads } from './read-only-ports.ts';
import { createScanReads } from './scan-reads.ts';
import { NO_TABLE, openScanTable, type ScanTable } from './scan-table.ts';

/** How a command that reads an account reaches it. */
export interface ScanPlace extends DeploymentOptions, Omit<AwsAccess, 'clock'> {}

/** An account that is read, and nothing else. */
export interface OpenScan {
  readonly caller: Caller;
  readonly access: AwsAccess;
  readonly nowMs: () => number;
  readonly deployment: FoundDeployment;
  readonly table: ScanTable;
  readonly blindSpots: BlindSpots;
  /** Requests sent to AWS so far, repeated ones included. */
  readonly countCalls: () => number;
  /** Opens the reads of one scan, which keeps to the share of the quota that its policy allows. */
  readonly openReads: (policy: Pick<CompiledPolicy, 'sweep'>) => ScanReads;
}

/** Finds out who asks and what is deployed, and opens an account to read. */
export async function openScan(place: ScanPlace, hostMs: number): Promise<OpenScan> {
  const { stack, table, profile, account } = place;
  let calls = 0;
  const clock = counting(createAccountClock(hostMs), () => {
    calls += 1;
  });
  const access: AwsAccess = { profile, account, clock };
  const caller = await readCaller(access);
  const blindSpots = createBlindSpots();
  const deployment = await findDeployment({ stack, table }, { home: caller, access, blindSpots });
  const { tableName } = deployment;
  const opened = tableName === undefined ? NO_TABLE : openScanTable(tableName, access, blindSpots);
  const { nowMs } = clock;
  return {
    caller,
    access,
    nowMs,
    deployment,
    table: opened,
    blindSpots,
    countCalls: () => calls,
    openReads: ({ sweep: { share } }) =>
      createScanReads({ access, nowMs, table: opened, blindSpots, share }),
  };
}

function counting(clock: AccountClock, count: () => void): AccountClock {
  return {
    nowMs: clock.nowMs,
    createRequestHandler: () => {
      const handler = clock.createRequestHandler();
      const handle = handler.handle.bind(handler);
      return Object.assign(handler, {
        handle: (...asked: Parameters<typeof handle>) => {
          count();
          return handle(...asked);
        },
      });
    },
  };
}

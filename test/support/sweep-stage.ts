import type { CompiledPolicy } from '../../functions/core/policy.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import { type SweepOutcome, sweepAccount } from '../../functions/workflows/sweep-account.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { documentsOf } from './access-documents.ts';
import { controlsWith, enforcingPolicy } from './builders.ts';
import { settingsOf } from './drill.ts';
import { fakeSnapshot } from './fake-functions.ts';
import { createFakeSweep, type FakeSweep } from './fake-sweep.ts';
import { createFakeWorld } from './fakes.ts';
import { arnOf } from './swept-account.ts';

/** What is special of functions, by name; without anything special each is old and in no VPC. */
export type StagedFunctions = Readonly<Record<string, Partial<FunctionSnapshot>>>;

/** An account in memory that ticks sweep. */
export interface SweepStage extends FakeSweep {
  readonly settings: () => Settings;
  /** From now on another policy is deployed. */
  readonly deploy: (policy: CompiledPolicy) => void;
  readonly add: (name: string, given?: Partial<FunctionSnapshot>) => void;
  /** One tick; it has to hand over after so long. */
  readonly tick: (run?: {
    readonly runId?: string;
    readonly forMs?: number;
    readonly ports?: SweepPorts;
  }) => Promise<SweepOutcome>;
  /** The events of the heartbeats that were sent come back. */
  readonly bringHeartbeats: () => void;
  /** Handles what was enqueued. */
  readonly work: () => Promise<void>;
  /** How many calls of a port there were. */
  readonly countCalls: (port: string) => number;
  /** The names of the functions that orders are about, in their order. */
  readonly ordered: () => readonly string[];
}

/** When a function was changed that nobody has touched lately. */
export const LONG_AGO_MS = Date.UTC(2026, 0, 1);

/** Idle, as AWS says it. */
export const IDLE = { state: 'Inactive', stateReasonCode: 'Idle' } as const;

const RUN_MS = 840_000;

/** Approves one VPC and no VPC at all, quarantines strays where it finds them, and only tells of single zones. */
export function sweepingPolicy(given: Partial<CompiledPolicy> = {}): CompiledPolicy {
  return enforcingPolicy({
    access: documentsOf({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyVpc1',
          Effect: 'Deny',
          Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
          Resource: '*',
          Condition: {
            Null: { 'lambda:VpcIds': 'false' },
            StringNotEquals: { 'lambda:VpcIds': 'vpc-1' },
          },
        },
      ],
    }),
    controls: controlsWith({ 'LVG.1': { onFound: 'quarantine' }, 'LVG.6': { severity: 'medium' } }),
    idle: { report: true, wake: ['nightly-*'] },
    ...given,
  });
}

/** Sets up an account whose list has so many functions a page. */
export function createSweepStage(
  functions: StagedFunctions = {},
  {
    policy = sweepingPolicy(),
    pageSize = 50,
  }: { readonly policy?: CompiledPolicy; readonly pageSize?: number } = {},
): SweepStage {
  const sweep = createFakeSweep(createFakeWorld(), pageSize);
  const { clock, queue, heartbeats, sentHeartbeats, calls } = sweep;
  let settings = settingsOf(policy);
  let runs = 0;
  const add: SweepStage['add'] = (name, given = {}) => {
    const functionArn = arnOf(name);
    const snapshot = fakeSnapshot({ functionArn, lastModifiedMs: LONG_AGO_MS, ...given });
    sweep.snapshots.set(functionArn, snapshot);
  };
  for (const [name, given] of Object.entries(functions)) add(name, given);
  return {
    ...sweep,
    settings: () => settings,
    deploy: (deployed) => {
      settings = settingsOf(deployed);
    },
    add,
    tick: ({ runId, forMs = RUN_MS, ports = sweep.ports } = {}) => {
      runs += 1;
      return sweepAccount(ports, settings, {
        runId: runId ?? `sweep-${runs}`,
        untilMs: clock.nowMs + forMs,
      });
    },
    bringHeartbeats: () => {
      heartbeats.push(...sentHeartbeats);
    },
    work: async () => {
      for (const { order } of queue.splice(0)) {
        await enforceFunction(order, sweep.ports, settings);
      }
    },
    countCalls: (port) => calls.filter((call) => call.port === port).length,
    ordered: () => queue.map(({ order }) => order.functionArn.split(':').at(-1) ?? ''),
  };
}

/** So many old functions in no VPC, under names that sort as they are counted. */
export function manyPlain(count: number): StagedFunctions {
  const names = Array.from({ length: count }, (_, at) => `plain-${String(at).padStart(4, '0')}`);
  return Object.fromEntries(names.map((name) => [name, {}]));
}

import type { Notice } from '../../functions/core/notice.ts';
import type { Order } from '../../functions/core/order.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { createFakeFunctions, type FakeFunctions } from './fake-functions.ts';
import { networkWithout } from './fake-network.ts';
import { createFakeStore, type FakeStore } from './fake-store.ts';

/** The ports that answer with a promise: all that can fail. */
type AskedPort = Exclude<keyof SweepPorts, 'nowMs' | 'listRecorded' | 'readSeen'>;

/** What happens at one call instead of what would happen. */
type Injection<Port extends AskedPort = AskedPort> =
  /** Nothing is done, and this is answered. */
  | { readonly answer: Awaited<ReturnType<SweepPorts[Port]>> }
  /** Nothing is done, and this is thrown. */
  | { readonly errorBefore: unknown }
  /** It is done, and the answer is lost. */
  | { readonly errorAfter: unknown };

/** Lets the calls of a port be noted, and ended by what was injected. */
type Tap = <Port extends AskedPort>(port: Port, act: SweepPorts[Port]) => SweepPorts[Port];

/** An account in memory behind every port, with a clock that only the test moves. */
export interface FakeWorld
  extends Pick<FakeFunctions, 'snapshots' | 'versions' | 'versionStates' | 'settle'> {
  readonly ports: Ports;
  readonly clock: { nowMs: number };
  readonly records: FakeStore['records'];
  readonly account: FakeStore['account'];
  readonly history: FakeStore['history'];
  readonly queue: { readonly order: Order; readonly delaySeconds: number }[];
  readonly notices: Notice[];
  /** Subnets and security groups that no longer exist. */
  readonly missingNetwork: Set<string>;
  /** When the heartbeats were sent whose events came back. */
  readonly heartbeats: number[];
  /** Every call in its order. */
  readonly calls: { readonly port: AskedPort; readonly args: readonly unknown[] }[];
  /** Applies to the next call of the port that nothing was injected for. */
  readonly inject: <Port extends AskedPort>(port: Port, injection: Injection<Port>) => void;
  readonly tap: Tap;
}

/** Creates an empty account in memory at one moment. */
export function createFakeWorld(startMs = Date.UTC(2026, 10, 22, 9)): FakeWorld {
  const clock = { nowMs: startMs };
  const nowMs = () => clock.nowMs;
  const functions = createFakeFunctions();
  const store = createFakeStore(nowMs);
  const queue: FakeWorld['queue'] = [];
  const notices: Notice[] = [];
  const missingNetwork = new Set<string>();
  const heartbeats: number[] = [];
  const { tap, calls, inject } = createTap();
  const functionPorts = functions.ports;
  return {
    clock,
    queue,
    notices,
    missingNetwork,
    heartbeats,
    calls,
    inject,
    tap,
    snapshots: functions.snapshots,
    versions: functions.versions,
    versionStates: functions.versionStates,
    settle: functions.settle,
    records: store.records,
    account: store.account,
    history: store.history,
    ports: {
      nowMs,
      readSnapshot: tap('readSnapshot', functionPorts.readSnapshot),
      attach: tap('attach', functionPorts.attach),
      reserveConcurrency: tap('reserveConcurrency', functionPorts.reserveConcurrency),
      wake: tap('wake', functionPorts.wake),
      readRecord: tap('readRecord', store.ports.readRecord),
      writeRecord: tap('writeRecord', store.ports.writeRecord),
      takeToken: tap('takeToken', store.ports.takeToken),
      readBreaker: tap('readBreaker', store.ports.readBreaker),
      tripBreaker: tap('tripBreaker', store.ports.tripBreaker),
      noteTripTold: tap('noteTripTold', store.ports.noteTripTold),
      approvePolicy: tap('approvePolicy', store.ports.approvePolicy),
      meetExemptions: tap('meetExemptions', store.ports.meetExemptions),
      claimEnd: tap('claimEnd', store.ports.claimEnd),
      noteEndTold: tap('noteEndTold', store.ports.noteEndTold),
      readNetwork: tap('readNetwork', async () => ({ value: networkWithout(missingNetwork) })),
      readRole: tap('readRole', async () => ({ value: { denied: [] } })),
      readFunctionCode: tap('readFunctionCode', async () => ({ value: { allowed: [] } })),
      readVersions: tap('readVersions', async (functionArn) => ({
        value: functions.versions.get(functionArn) ?? [],
      })),
      readCapacityProvider: tap('readCapacityProvider', async () => ({
        unknown: 'there is no such capacity provider',
      })),
      readEventPaths: tap('readEventPaths', async () => ({ value: { sources: [] } })),
      readInterfaceQuota: tap('readInterfaceQuota', async () => ({ value: 500 })),
      enqueue: tap('enqueue', async (order, delaySeconds) => {
        queue.push({ order, delaySeconds });
      }),
      noteHeartbeat: tap('noteHeartbeat', async (sentMs) => {
        heartbeats.push(sentMs);
      }),
      keepHistory: tap('keepHistory', store.ports.keepHistory),
      publish: tap('publish', async (notice) => {
        notices.push(notice);
      }),
    },
  };
}

/** Notes every call, and lets a test decide how the next ones end. */
function createTap() {
  const calls: FakeWorld['calls'] = [];
  const injections = new Map<AskedPort, Injection[]>();
  const inject: FakeWorld['inject'] = (port, injection) => {
    injections.set(port, [...(injections.get(port) ?? []), injection]);
  };
  const tap: Tap = (port, act) => {
    const tapped = async (...args: readonly unknown[]): Promise<unknown> => {
      calls.push({ port, args });
      const injection = injections.get(port)?.shift();
      if (injection === undefined) return Reflect.apply(act, undefined, args);
      if ('answer' in injection) return injection.answer;
      if ('errorBefore' in injection) throw injection.errorBefore;
      await Reflect.apply(act, undefined, args);
      throw injection.errorAfter;
    };
    return tapped as typeof act;
  };
  return { tap, calls, inject };
}

import type { Fact } from '../../functions/core/facts.ts';
import type { NetworkFacts } from '../../functions/core/network.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import type { ChaosAccount } from './chaos-account.ts';
import type { Agenda } from './chaos-agenda.ts';
import { parseDeed, parseSubject } from './chaos-deeds.ts';
import { chooseFault, errorOf, type Fault } from './chaos-faults.ts';
import type { Happenings } from './chaos-happenings.ts';
import { askersOf, type Ledger } from './chaos-ledger.ts';
import type { Random } from './chaos-random.ts';
import { type Around, type Handler, isEffective, isWrite, type Step } from './chaos-step.ts';
import type { FakeWorld } from './fakes.ts';

/** What stands between handlers and the world. */
export interface CallParts {
  readonly world: FakeWorld;
  /** The world's ports, with what chaos puts in their place. */
  readonly ports: SweepPorts;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly happenings: Happenings;
  readonly ledger: Ledger;
  readonly account: Pick<ChaosAccount, 'followOwn' | 'overtake'>;
  readonly isRough: () => boolean;
  /** Looks at every call that reached the world. */
  readonly watch: (step: Step) => void;
  /** The handler's process is gone. */
  readonly die: (handler: Handler) => void;
}

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** One call on its way. */
interface Asked {
  readonly handler: Handler;
  readonly port: string;
  readonly args: readonly unknown[];
  readonly call: Call;
  readonly isRetry: boolean;
}

const SLOW_CALL_MS = 3_000;
const TIMEOUT_MS = 5_000;

/** Connects a handler with the world: every call takes its time, and others come in between. */
export function connect(handler: Handler, parts: CallParts): SweepPorts {
  const { nowMs, listRecorded, readSeen, ...calls } = parts.ports;
  const connected = Object.entries(calls).map(([port, call]): [string, Call] => {
    const asked = (args: readonly unknown[]) => ({
      handler,
      port,
      args,
      call: call as Call,
      isRetry: false,
    });
    return [port, (...args) => onItsWay(asked(args), parts)];
  });
  return {
    ...(Object.fromEntries(connected) as unknown as SweepPorts),
    nowMs,
    listRecorded,
    readSeen,
  };
}

function onItsWay(asked: Asked, parts: CallParts): Promise<unknown> {
  const { agenda, random } = parts;
  const { handler, port } = asked;
  const probability = handler.kind === 'rescan' ? 0.002 : 0.02;
  const fault = parts.isRough() ? chooseFault(port, random, probability) : undefined;
  const isSlow = random.chance(0.06);
  const takesMs = isSlow ? random.between(500, SLOW_CALL_MS) : random.between(2, 80);
  return new Promise((resolve, reject) => {
    agenda.after(takesMs, async () => {
      if (!handler.isAlive) return;
      meddle(fault, asked, parts);
      const arrived = await arriveWith(fault, asked, parts);
      if (arrived === 'lost') parts.die(handler);
      else if ('error' in arrived) agenda.after(arrived.afterMs, () => reject(arrived.error));
      else resolve(arrived.answer);
    });
  });
}

/** Notes what goes wrong; and now and then somebody is quicker. */
function meddle(fault: Fault | undefined, { port, args }: Asked, parts: CallParts): void {
  const { account, happenings, random, isRough } = parts;
  if (fault !== undefined) happenings.count(fault);
  const functionArn = parseSubject(args);
  const isOvertaken = port === 'attach' && isRough() && random.chance(0.08);
  if (!isOvertaken || functionArn === undefined || !account.overtake(functionArn)) return;
  happenings.count('change between read and write');
}

type Arrived =
  | 'lost'
  | { readonly answer: unknown }
  | { readonly error: unknown; readonly afterMs: number };

async function arriveWith(
  fault: Fault | undefined,
  asked: Asked,
  parts: CallParts,
): Promise<Arrived> {
  const failed = (afterMs: number, of: Fault) => ({ error: errorOf(asked.port, of), afterMs });
  switch (fault) {
    case undefined:
      return serve(asked, parts);
    case 'throttle':
    case 'server fault':
    case 'reset before':
      return failed(0, fault);
    case 'stale connection':
      // Nothing of it arrived, and the client asks again over another one.
      return serve(asked, parts);
    case 'refusal':
      return { answer: { status: 'refused', error: 'InvalidParameterValueException: no' } };
    case 'timeout':
      await serve(asked, parts);
      return failed(TIMEOUT_MS, fault);
    case 'reset after':
      await serve(asked, parts);
      return failed(0, fault);
    case 'asked twice by the client':
      await serve(asked, parts);
      return serve({ ...asked, isRetry: true }, parts);
    case 'crash before a call':
      return 'lost';
    case 'crash after a call':
      await serve(asked, parts);
      return 'lost';
  }
}

/** The world does it, and everybody may look. */
async function serve(asked: Asked, parts: CallParts): Promise<Arrived> {
  const { handler, port, args, call, isRetry } = asked;
  const { world, account } = parts;
  const functionArn = parseSubject(args);
  const before = aroundOf(world, functionArn);
  const { answer, error } = await answerOf(call, args);
  const step: Step = {
    handler,
    port,
    args,
    functionArn,
    nowMs: world.clock.nowMs,
    isRetry,
    deed: error === undefined ? parseDeed(port, args, answer) : { kind: 'other' },
    before,
    after: aroundOf(world, functionArn),
  };
  world.calls.length = 0;
  parts.watch(step);
  remember(step, answer, parts.ledger);
  if (isWrite(step) && isEffective(step)) account.followOwn(step.functionArn, step.deed.kind);
  return error === undefined ? { answer } : { error, afterMs: 0 };
}

async function answerOf(
  call: Call,
  args: readonly unknown[],
): Promise<{ readonly answer?: unknown; readonly error?: unknown }> {
  try {
    return { answer: await call(...args) };
  } catch (error) {
    return { error };
  }
}

function aroundOf({ snapshots, records }: FakeWorld, functionArn: string | undefined): Around {
  if (functionArn === undefined) return {};
  return { snapshot: snapshots.get(functionArn), record: records.get(functionArn) };
}

/** What the handler knows from now on. */
function remember(step: Step, answer: unknown, ledger: Ledger): void {
  const { handler, port, functionArn, deed, after } = step;
  if (port === 'readNetwork') handler.networks.push(answer as Fact<NetworkFacts>);
  if (deed.kind === 'token') handler.tokens.set(deed.request.remediationId, deed.answer);
  if (functionArn === undefined) return;
  if (port === 'readSnapshot' && answer !== undefined) {
    const snapshot = answer as FunctionSnapshot;
    handler.snapshots.set(functionArn, snapshot);
    handler.askers.set(functionArn, askersOf(ledger, snapshot));
  }
  if (deed.kind === 'record') handler.versions.set(functionArn, after.record?.version ?? 0);
}

import { attachmentKey, DETACHED } from '../../functions/core/attachment.ts';
import type { ChangeEvent } from '../../functions/core/change-event.ts';
import type { Order } from '../../functions/core/order.ts';
import { lowerMode, type Mode } from '../../functions/core/policy.ts';
import type { ReleaseRequest } from '../../functions/core/release-request.ts';
import type { RescanReport } from '../../functions/core/rescan-report.ts';
import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { releaseFunction } from '../../functions/workflows/release-function.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import { sweepAccount } from '../../functions/workflows/sweep-account.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import type { Bug } from './chaos-bug.ts';
import { type CallParts, connect } from './chaos-calls.ts';
import type { Ledger } from './chaos-ledger.ts';
import type { ChaosPolicy } from './chaos-policies.ts';
import type { Handler, Step } from './chaos-step.ts';
import { settingsOf } from './drill.ts';

/** What handlers are started with. */
export interface HandlerParts extends Omit<CallParts, 'die'> {
  readonly ledger: Ledger;
  /** What is deployed now. */
  readonly deployed: () => ChaosPolicy;
  readonly trace: (functionArn: string, line: string) => void;
  /** Wrong on purpose. */
  readonly bug?: Bug | undefined;
}

/** Starts the guardrail, as a queue and operators do. */
export interface Handlers {
  readonly enforce: (order: Order) => void;
  readonly release: (request: ReleaseRequest) => void;
  /** Answers undefined where it does not finish. */
  readonly rescan: (mode?: Mode) => Promise<RescanReport | undefined>;
  /** What its schedule asks for. */
  readonly sweep: () => void;
}

type Started = Pick<Handler, 'kind' | 'mode'> & { readonly functionArn?: string };
type Work<Answer> = (ports: SweepPorts, settings: Settings) => Promise<Answer>;

const RECEIVES = 5;
const VISIBILITY_MS = 180_000;
const ASKS_AGAIN_MS = 60_000;
const LONGEST_MS = { enforce: 30_000, release: 30_000, rescan: 900_000 } as const;

/** Creates the handlers of a chaos run. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { agenda, world, ledger, random } = parts;
  let ticks = 0;
  const start = createStart(parts);
  const receive = async (order: Order, receives: number): Promise<void> => {
    const { functionArn, change } = order;
    const mode = lowerMode(parts.deployed().policy.mode, order.mode);
    const receivedMs = world.clock.nowMs;
    parts.trace(functionArn, `message ${describeChange(change)} (${receives})`);
    const ended = await start({ kind: 'enforce', functionArn, mode }, (ports, settings) =>
      enforceFunction(order, ports, settings),
    );
    if (ended !== undefined && change?.kind === 'create') hear(ledger, change);
    if (ended !== undefined || receives >= RECEIVES) return;
    const leftMs = VISIBILITY_MS - (world.clock.nowMs - receivedMs);
    agenda.after(leftMs, () => void receive(order, receives + 1));
  };
  const release = async (request: ReleaseRequest, asks: number): Promise<void> => {
    const { functionArn } = request;
    const started = { kind: 'release', functionArn, mode: 'enforce' } as const;
    const ended = await start(started, (ports, settings) =>
      releaseFunction(request, ports, settings),
    );
    const isOver = ended !== undefined && !ended.answer.reason.includes('ask again');
    if (isOver || asks >= RECEIVES) return;
    agenda.after(ASKS_AGAIN_MS, () => void release(request, asks + 1));
  };
  return {
    enforce: (order) => void receive(order, 1),
    release: (request) => void release(request, 1),
    rescan: async (mode) => {
      const asked: RescanRequest = { functions: ['*'], wake: true, verdicts: false };
      const request = mode === undefined ? asked : { ...asked, mode };
      const ended = await start({ kind: 'rescan', mode: 'audit' }, (ports, settings) =>
        rescanAccount(request, ports, settings, {
          rescanId: 'rescan',
          untilMs: world.clock.nowMs + LONGEST_MS.rescan,
          onProgress: async () => undefined,
        }),
      );
      return ended?.answer;
    },
    sweep: () => {
      ticks += 1;
      const untilMs = world.clock.nowMs + random.between(2_000, LONGEST_MS.rescan);
      const run = { runId: `tick-${ticks}`, untilMs };
      void start({ kind: 'rescan', mode: 'audit' }, (ports, settings) =>
        sweepAccount(ports, settings, run),
      );
    },
  };
}

/** Starts handlers; answers undefined where one died, failed or took too long. */
function createStart(parts: HandlerParts) {
  const { agenda, happenings, world, ledger, bug } = parts;
  const alive = new Map<Handler, () => void>();
  let starts = 0;
  const die = (handler: Handler): void => {
    if (!handler.isAlive) return;
    const { functionArn = '', id } = handler;
    handler.isAlive = false;
    ledger.failedMs.set(functionArn, world.clock.nowMs);
    parts.trace(functionArn, `h${id} fails`);
    alive.get(handler)?.();
    alive.delete(handler);
  };
  const end = (handler: Handler, outcome: unknown): void => {
    parts.watch(endOf(handler, outcome, world.clock.nowMs));
    handler.isAlive = false;
    alive.delete(handler);
  };
  return <Answer>(
    started: Started,
    work: Work<Answer>,
  ): Promise<{ readonly answer: Answer } | undefined> => {
    starts += 1;
    const handler = handlerOf(started, starts, parts);
    countCompany(handler, alive.keys(), happenings);
    const settings = settingsOf(handler.deployed.policy);
    const connected = connect(handler, { ...parts, die });
    const ports = { ...connected, ...bug?.ports?.(connected, world) };
    return new Promise((resolve) => {
      alive.set(handler, () => resolve(undefined));
      agenda.after(LONGEST_MS[started.kind], () => die(handler));
      work(ports, bug?.settings?.(settings) ?? settings).then(
        (answer) => {
          if (!handler.isAlive) return;
          end(handler, answer);
          resolve({ answer });
        },
        () => die(handler),
      );
    });
  };
}

function handlerOf(started: Started, id: number, { deployed }: HandlerParts): Handler {
  return {
    ...started,
    id,
    deployed: deployed(),
    isAlive: true,
    snapshots: new Map(),
    askers: new Map(),
    networks: [],
    tokens: new Map(),
    versions: new Map(),
  };
}

/** From now on the guardrail knows that this is not the function of before. */
function hear({ truths }: Ledger, { functionArn, claim }: ChangeEvent): void {
  const truth = truths.get(functionArn);
  const key = attachmentKey(claim?.attachment ?? DETACHED);
  if (truth?.askers.has(key)) truth.former = undefined;
}

function describeChange(change: ChangeEvent | undefined): string {
  if (change === undefined) return 'to look again';
  const { kind, actor, eventTimeMs, claim } = change;
  const at = new Date(eventTimeMs).toISOString().slice(11, 19);
  return `${kind} by ${actor.principalArn} at ${at} ${claim?.attachment.subnetIds.join(',') ?? ''}`;
}

function endOf(handler: Handler, outcome: unknown, nowMs: number): Step {
  const { functionArn } = handler;
  return {
    handler,
    port: 'end',
    args: [outcome],
    functionArn,
    nowMs,
    isRetry: false,
    deed: { kind: 'end', outcome },
    before: {},
    after: {},
  };
}

function countCompany(
  { functionArn }: Handler,
  others: Iterable<Handler>,
  { count }: HandlerParts['happenings'],
): void {
  for (const other of others) {
    count(
      other.functionArn === functionArn
        ? 'handlers on one function at once'
        : 'handlers on different functions at once',
    );
  }
}

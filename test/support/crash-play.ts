import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { ARN } from './builders.ts';
import type { CrashScenario } from './crash-scenario.ts';
import { createTap, type Disturbance } from './crash-tap.ts';
import { createDrill, type Drill } from './drill.ts';

/** How a scenario went. */
export interface Played {
  readonly drill: Drill;
  /** The ports that the guardrail called, in order. */
  readonly calls: readonly string[];
  readonly end: End;
  /** How often each notice was published. */
  readonly published: ReadonlyMap<string, number>;
}

/** Everything that is left in the end, without times and counts of writes. */
export interface End {
  readonly snapshot: FunctionSnapshot | undefined;
  readonly record: unknown;
  readonly account: unknown;
  readonly history: readonly string[];
  readonly notices: readonly string[];
}

/** So late nothing is under way any more. */
const LONG_AFTER_MS = 60 * 60_000;

/**
 * Plays a scenario from its beginning to where nothing is left to do, disturbed at one call or not at all.
 *
 * `twice`: every message comes once more, when all is over.
 */
export async function play(
  scenario: CrashScenario,
  disturbance?: Disturbance | 'twice',
): Promise<Played> {
  const tap = createTap();
  const drill = createDrill(scenario.policy, tap.wrap);
  await scenario.before?.(drill);
  await drill.run();
  drill.pass(60_000);
  const before = {
    told: drill.world.notices.length,
    kept: drill.world.history.size,
    delivered: drill.delivered.length,
  };
  const isTwice = disturbance === 'twice';
  tap.open(isTwice ? undefined : disturbance, {
    life: drill.starts,
    runOther: () => runOther(drill),
  });
  await scenario.act(drill);
  await drill.run();
  if (isTwice) {
    for (const order of drill.delivered.slice(before.delivered)) drill.send(order, 1_000);
    await drill.run();
  }
  drill.pass(LONG_AFTER_MS);
  const published = new Map<string, number>();
  for (const { id } of drill.world.notices.slice(before.told)) {
    published.set(id, (published.get(id) ?? 0) + 1);
  }
  return { drill, calls: tap.calls, published, end: endOf(drill, published, before.kept) };
}

/** The queue gives the message that is handled to another handler, too. */
async function runOther({ delivered, ports, settings, send }: Drill): Promise<void> {
  const order = delivered.at(-1) ?? { functionArn: ARN, hops: 0, wake: false };
  try {
    await enforceFunction(order, ports, settings);
  } catch {
    send(order, 180_000);
  }
}

function endOf({ world }: Drill, published: ReadonlyMap<string, number>, kept: number): End {
  const { snapshots, records, account, history } = world;
  const snapshot = snapshots.get(ARN);
  const { lastEventId, ...record } = records.get(ARN) ?? {};
  return {
    snapshot: snapshot && { ...snapshot, revisionId: 'any' },
    record: timeless(record),
    account: { ...(timeless(account) as object), spent: [...account.spentMs.keys()] },
    // What a crash left undone is dropped and decided again, and its answer is lost: the story may say so.
    history: [...history.values()]
      .slice(kept)
      .filter(({ event }) => event !== 'dropped' && event !== 'conflict')
      .map(({ id, event }) => `${event} ${id}`)
      .filter((line, at, lines) => lines.indexOf(line) === at)
      .sort(),
    notices: [...published.keys()].sort(),
  };
}

const UNCOMPARED: ReadonlySet<string> = new Set(['version', 'revisionId']);

/** Of a list of times it counts how many there are. */
function timeless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
      if (UNCOMPARED.has(key)) return [];
      if (!key.endsWith('Ms')) return [[key, timeless(member)]];
      return Array.isArray(member) ? [[key, member.length]] : [];
    }),
  );
}

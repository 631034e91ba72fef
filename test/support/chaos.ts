import type { RescanReport } from '../../functions/core/rescan-report.ts';
import { judgeEnding } from './chaos-endings.ts';
import { HAPPENINGS, type Happening } from './chaos-happenings.ts';
import { resetBreaker } from './chaos-operators.ts';
import { CHAOS_POLICIES } from './chaos-policies.ts';
import { createStage, type Stage, type StageOptions } from './chaos-stage.ts';
import type { ChaosFailure } from './chaos-watch.ts';

/** How much happens. */
export interface ChaosOptions extends StageOptions {
  /** So often somebody does something. */
  readonly events: number;
}

/** What a run came to. */
export interface ChaosResult {
  readonly seed: number;
  /** Calls that reached AWS or the table, and ends of handlers. */
  readonly steps: number;
  /** How long it took on the clock of the world. */
  readonly virtualMs: number;
  readonly counts: Readonly<Record<Happening, number>>;
  readonly failures: readonly ChaosFailure[];
}

const EVENT_EVERY_MS = 2_500;
const OPERATORS_SHARE = 0.06;
const RESCANS = 6;
const BETWEEN_RESCANS_MS = 20 * 60_000;

/**
 * Lets people, pipelines, operators and the network misbehave around the guardrail, and watches what it promises.
 *
 * Ends with the first step that breaks a promise; the same options end in the same way.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const stage = createStage(options);
  const { clock } = stage.world;
  const startedMs = clock.nowMs;
  await misbehave(stage, options.events);
  const report = await calmDown(stage);
  if (report !== undefined) await judge(stage, report);
  const { failures, steps } = stage.watched;
  const virtualMs = clock.nowMs - startedMs;
  const counts = stage.happenings.counts();
  return { seed: options.seed, steps: steps(), virtualMs, counts, failures };
}

/** Adds up what happened in some runs. */
export function sumOf(results: readonly ChaosResult[]): Readonly<Record<Happening, number>> {
  const sums = HAPPENINGS.map((happening): [Happening, number] => [
    happening,
    results.reduce((sum, { counts }) => sum + counts[happening], 0),
  ]);
  return Object.fromEntries(sums) as Record<Happening, number>;
}

async function misbehave(stage: Stage, events: number): Promise<void> {
  const { agenda, random, someone, operator, world } = stage;
  const lastsMs = events * EVENT_EVERY_MS;
  for (let event = 0; event < events; event += 1) {
    agenda.after(random.between(0, lastsMs), () =>
      random.chance(OPERATORS_SHARE) ? operator() : someone(),
    );
  }
  await play(stage, world.clock.nowMs + lastsMs);
}

/** Nothing goes wrong any more, and sweeps and rescans repair what got lost; answers what the last one says. */
async function calmDown(stage: Stage): Promise<RescanReport | undefined> {
  const { weather, network, agenda, world, handlers } = stage;
  weather.isRough = false;
  network.isReadable = true;
  if (weather.deployed.name === 'audit') weather.deployed = CHAOS_POLICIES.usual;
  let report: RescanReport | undefined;
  for (let rescan = 0; rescan < RESCANS; rescan += 1) {
    agenda.after(BETWEEN_RESCANS_MS, () => {
      world.account.mode = 'enforce';
      resetBreaker(stage);
    });
    await play(stage);
    handlers.sweep();
    await play(stage);
    const rescanned = handlers.rescan();
    await play(stage);
    if (stage.watched.failures.length > 0) return undefined;
    report = await rescanned;
  }
  return report;
}

async function judge(stage: Stage, report: RescanReport): Promise<void> {
  const { failures, traceOf } = stage.watched;
  const ending = { ...stage, deployed: stage.weather.deployed, report };
  for (const { invariant, message, functionArn } of await judgeEnding(ending)) {
    failures.push({ invariant, message, trace: traceOf(functionArn) });
  }
}

async function play({ agenda, world, watched }: Stage, untilMs = Infinity): Promise<void> {
  while (watched.failures.length === 0 && world.clock.nowMs < untilMs) {
    if (!(await agenda.next())) return;
    await turn();
  }
}

/** Lets every handler go on until it waits for its next call. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

import { expect } from 'vitest';
import type { End, Played } from './crash-play.ts';
import type { CrashScenario } from './crash-scenario.ts';
import type { Disturbance } from './crash-tap.ts';

const EVERYTHING = [
  'snapshot',
  'record',
  'account',
  'history',
  'notices',
] as const satisfies readonly (keyof End)[];

/** What is judged, and how it is named where it fails. */
interface Judged {
  readonly scenario: CrashScenario;
  readonly place: string;
}

/** Expects that a disturbed scenario ended as the undisturbed one did. */
export function endsLike(undisturbed: Played, played: Played, { scenario, place }: Judged): void {
  const compared = scenario.compared ?? EVERYTHING;
  const pick = ({ end }: Played) => Object.fromEntries(compared.map((key) => [key, end[key]]));
  expect(pick(played), place).toEqual(pick(undisturbed));
}

/** What notes that people were told. */
const NOTING: ReadonlySet<string> = new Set(['writeRecord', 'noteEndTold', 'noteTripTold']);

/** Expects that nothing was told twice, but where the process died between publishing and noting it. */
export function tellsOnce(
  { calls, published }: Played,
  { at, how }: Disturbance,
  place: string,
): void {
  const done = calls.slice(0, how === 'after' ? at : at - 1);
  const told = done.lastIndexOf('publish');
  const isNoted = done.slice(told + 1).some((port) => NOTING.has(port));
  const most = how === 'meanwhile' || told < 0 || isNoted ? 1 : 2;
  const often = [...published].filter(([, count]) => count > most);
  expect(often, place).toEqual([]);
}

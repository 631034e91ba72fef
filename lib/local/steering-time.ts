import { type Answer, bad, isObject, ok, type Route, type Steered } from './steering-route.ts';
import { describeClock } from './steering-views.ts';

/** Looking at the clock, and moving it. */
export const TIME_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/clock',
    about: 'the virtual time',
    answer: ({ core }) => ok(describeClock(core)),
  },
  {
    method: 'POST',
    path: '/_local/clock/advance',
    about: 'moves it: {"seconds": 90} or {"days": 14}',
    answer: (steered, { body }) => advance(steered, body),
  },
];

async function advance({ core }: Steered, body: unknown): Promise<Answer> {
  const ms = parseDuration(body);
  if (ms === undefined) {
    return bad('expected {"seconds": N} or {"days": N} with N from 0 to 400 days');
  }
  await core.clock.advance(ms);
  return ok(describeClock(core));
}

const MS_PER = { seconds: 1000, days: 86_400_000 } as const;
const MAX_MS = 400 * MS_PER.days;

function parseDuration(body: unknown): number | undefined {
  if (!isObject(body)) return undefined;
  const [entry, second] = Object.entries(body);
  if (entry === undefined || second !== undefined) return undefined;
  const [unit, value] = entry;
  if ((unit !== 'seconds' && unit !== 'days') || typeof value !== 'number') return undefined;
  const ms = Math.round(value * MS_PER[unit]);
  return ms >= 0 && ms <= MAX_MS ? ms : undefined;
}

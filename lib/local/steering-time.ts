import { type Answer, bad, isObject, ok, type Route, type Steered } from './steering-route.ts';
import { describeClock } from './steering-views.ts';

/** Looking at the clock, moving it, and letting it run. */
export const TIME_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/clock',
    about: 'the virtual time',
    answer: (steered) => ok(describeTime(steered)),
  },
  {
    method: 'POST',
    path: '/_local/clock/advance',
    about: 'moves it: {"seconds": 90} or {"days": 14}',
    answer: (steered, { body }) => advance(steered, body),
  },
  {
    method: 'POST',
    path: '/_local/clock/speed',
    about: 'lets it pass so many times as fast as real time: {"speed": 60}; 0 stops it',
    answer: (steered, { body }) => changeSpeed(steered, body),
  },
];

function describeTime({ core, pace }: Steered) {
  const speed = pace.speed();
  return { ...describeClock(core), ...(speed === undefined ? {} : { speed }) };
}

async function advance(steered: Steered, body: unknown): Promise<Answer> {
  const ms = parseDuration(body);
  if (ms === undefined) {
    return bad('expected {"seconds": N} or {"days": N} with N from 0 to 400 days');
  }
  await steered.core.clock.advance(ms);
  return ok(describeTime(steered));
}

/** Whoever moves time himself, as tests do, relies on nobody else doing it. */
function changeSpeed(steered: Steered, body: unknown): Answer {
  const speed = isObject(body) ? body['speed'] : undefined;
  if (typeof speed !== 'number' || speed < 0 || speed > MAX_SPEED) {
    return bad(`expected {"speed": N} with N from 0 to ${MAX_SPEED}`);
  }
  if (steered.pace.speed() === undefined) {
    return bad('nobody lets time pass in this account: POST /_local/clock/advance moves it');
  }
  steered.pace.follow(speed);
  return ok(describeTime(steered));
}

const MAX_SPEED = 100_000;
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

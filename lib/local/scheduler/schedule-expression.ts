import { type CronExpression, parseCron } from './cron-expression.ts';

/** When a schedule is due. */
export type ScheduleExpression =
  /** Once: what a clock on the wall of the schedule's time zone shows then. */
  | { readonly kind: 'at'; readonly wallMs: number }
  | { readonly kind: 'rate'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly cron: CronExpression };

const UNITS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** Reads `at(…)`, `rate(…)` or `cron(…)`; undefined where the text is none of them. */
export function parseScheduleExpression(text: string): ScheduleExpression | undefined {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.+)\)$/.exec(text) ?? [];
  if (kind === 'at') return parseAt(inner);
  if (kind === 'rate') return parseRate(inner);
  if (kind !== 'cron') return undefined;
  const cron = parseCron(inner);
  return cron === undefined ? undefined : { kind, cron };
}

function parseAt(text: string): ScheduleExpression | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const wallMs = Date.parse(`${text}Z`);
  // A thirtieth of February is read as a day of March.
  const isDate = !Number.isNaN(wallMs) && new Date(wallMs).toISOString().startsWith(text);
  return isDate ? { kind: 'at', wallMs } : undefined;
}

function parseRate(text: string): ScheduleExpression | undefined {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5}) +(minute|hour|day)s?$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  return unitMs === undefined ? undefined : { kind: 'rate', everyMs: Number(count) * unitMs };
}

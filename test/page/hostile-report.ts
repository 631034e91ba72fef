import type { Report } from '../../lib/cli/report/report.ts';

/** What whoever names a function might try: it would call `hurt` if it were ever taken for markup. */
export const HOSTILE =
  '</script></noscript><img src=x onerror="hurt()"><script>hurt()</script><!--<style>*{display:none}';

/** The same report with hostile words in every string that others can write. */
export function makeHostile(report: Report): Report {
  return poison(report, '') as Report;
}

/** What AWS or the guardrail itself writes: without these there would be no page to look at. */
const KEPT: ReadonlySet<string> = new Set([
  'severity',
  'verdict',
  'standing',
  'egress',
  'mode',
  'canWake',
  'event',
  'at',
]);

function poison(value: unknown, key: string): unknown {
  if (typeof value === 'string') return KEPT.has(key) ? value : `${value}${HOSTILE}`;
  if (Array.isArray(value)) return value.map((one) => poison(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poison(one, name)]));
}

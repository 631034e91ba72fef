import type { Verdict } from '../finding.ts';
import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';

/** What is wrong with one part of an attachment, or cannot be told of it. */
export interface Doubt {
  readonly status: 'violation' | 'unknown';
  readonly reason: string;
}

const MOST_IDS = 4;
const MOST_REASONS = 3;

/** Asks about something that was not found: the facts may be older than the function. */
export const NOT_FOUND: Doubt = {
  status: 'unknown',
  reason: 'not found when the network was read',
};

/** One verdict on subnets, groups or VPCs: a violation of one of them is one, whatever is unknown of others. */
export function judgeEach(
  ids: readonly string[],
  judge: (id: string) => Doubt | undefined,
): Verdict {
  const violations: (readonly [string, string])[] = [];
  const unknowns: (readonly [string, string])[] = [];
  for (const id of [...new Set(ids)].sort()) {
    const doubt = judge(id);
    if (doubt?.status === 'violation') violations.push([id, doubt.reason]);
    if (doubt?.status === 'unknown') unknowns.push([id, doubt.reason]);
  }
  if (violations.length > 0) return { status: 'violation', reason: inOneLine(violations) };
  if (unknowns.length > 0) return { status: 'unknown', reason: inOneLine(unknowns) };
  return { status: 'compliant' };
}

/** What is the same of several is said once. */
function inOneLine(answers: readonly (readonly [string, string])[]): string {
  const lines = [...Map.groupBy(answers, ([, reason]) => reason)].map(([reason, same]) => {
    const ids = same.map(([id]) => quote(id));
    return `${nameSome(ids, MOST_IDS)}: ${reason}`;
  });
  return nameSome(lines, MOST_REASONS, '; ');
}

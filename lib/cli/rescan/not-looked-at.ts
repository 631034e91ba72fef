import { functionNameOf } from '../../../functions/core/function-name.ts';
import { nameSome } from '../../../functions/core/name-some.ts';
import { counted } from '../operator/counted.ts';
import { printable } from '../printable.ts';
import type { Report } from '../report/report.ts';
import { functionsOf } from '../report/report-words.ts';

const MOST_NAMES = 5;

/**
 * Says in one line which of the functions that were asked for nobody looked at; undefined where there is none.
 *
 * A function with a finding was looked at, however little its controls know. An account may be empty.
 */
export function notLookedAt(
  { findings, unknown, unmatched = [] }: Report,
  asked: readonly string[],
): string | undefined {
  const judged = new Set(findings.map(({ functionArn }) => functionArn));
  const unread = [...functionsOf(unknown)].filter(([functionArn]) => !judged.has(functionArn));
  const functions = unread.map(([functionArn, [why]]) => `${functionNameOf(functionArn)}: ${why}`);
  const patterns = asked.length === 0 ? [] : unmatched;
  const parts = [
    ...(functions.length === 0
      ? []
      : [`${counted(functions.length, 'function')} (${some(functions)})`]),
    ...(patterns.length === 0
      ? []
      : [`${counted(patterns.length, 'pattern')} that no function matches (${some(patterns)})`]),
  ];
  return parts.length === 0 ? undefined : `not looked at: ${parts.join(', ')}`;
}

function some(texts: readonly string[]): string {
  return nameSome(
    texts.map((text) => printable(text)),
    MOST_NAMES,
    '; ',
  );
}

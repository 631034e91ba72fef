import { createColors } from 'picocolors';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { isRecord } from '../../../functions/core/json-value.ts';
import type { ReleaseRequest } from '../../../functions/core/release-request.ts';
import type { ReleaseAnswer } from '../../../functions/workflows/release-function.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { printable } from '../printable.ts';

/** How refusals begin that say: not such a function. */
const NOT_SUCH = ['the guardrail has not quarantined it', 'there is no such function'];
/** How refusals begin that may be none in a minute. */
const NOT_NOW = [
  'something is being done about it',
  'AWS does not run the attachment',
  'AWS did not take it',
];

/** Tells whether this is what the function that releases answers. */
export function isReleaseAnswer(answer: unknown): answer is ReleaseAnswer {
  if (!isRecord(answer)) return false;
  const { functionArn, status, reason, findings = [] } = answer;
  return (
    typeof functionArn === 'string' &&
    (status === 'released' || status === 'refused') &&
    typeof reason === 'string' &&
    Array.isArray(findings)
  );
}

/** The exit status of a release: a refusal is bad input, not over yet, or something that stands against it. */
export function statusOf({ status, reason }: ReleaseAnswer): ExitStatus {
  if (status === 'released') return EXIT.clean;
  if (NOT_SUCH.some((words) => reason.startsWith(words))) return EXIT.badInput;
  return NOT_NOW.some((words) => reason.startsWith(words)) ? EXIT.notFinished : EXIT.findings;
}

/** Says for people what came of a release. */
export function renderAnswer(
  { functionArn, status, reason, findings = [] }: ReleaseAnswer,
  { holdHours }: ReleaseRequest,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const isReleased = status === 'released';
  const isHeld = isReleased && holdHours !== undefined;
  const rows: readonly (readonly [string, string])[] = [
    ['function', functionNameOf(functionArn)],
    ['release', isReleased ? colors.green('done') : colors.yellow('refused')],
    ['because', printable(reason)],
    ...findings.map(({ controlId, verdict, reason: why }) => {
      return [controlId, printable(`${verdict}: ${why}`)] as const;
    }),
    ...(isHeld
      ? [['left alone', `for ${holdHours} h, or until its attachment changes`] as const]
      : []),
  ];
  return rows.map(([label, line]) => `${colors.cyan(label.padEnd(12))}${line}\n`).join('');
}

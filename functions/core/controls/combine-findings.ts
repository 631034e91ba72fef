import type { Finding, Verdict } from '../finding.ts';
import { nameSome } from '../name-some.ts';

/** Something that runs beside the function's own attachment, and how it is judged. */
interface Judged {
  readonly name: string;
  readonly findings: readonly Finding[];
}

const MOST_JUDGED = 3;
const MOST_EXPLAINED = 2;

/** One verdict on many: a violation outweighs an unknown; what is exempt counts as neither. */
export function combineFindings(judged: readonly Judged[]): Verdict {
  const violations = describe(judged, 'violation');
  if (violations.length > 0) return { status: 'violation', reason: inOneLine(violations) };
  const unknowns = describe(judged, 'unknown');
  if (unknowns.length > 0) return { status: 'unknown', reason: inOneLine(unknowns) };
  return { status: 'compliant' };
}

function describe(judged: readonly Judged[], status: 'violation' | 'unknown'): readonly string[] {
  return judged.flatMap(({ name, findings }) => {
    const open = findings.filter(({ exemption }) => exemption === undefined);
    const answers = open.flatMap(({ controlId, verdict }) =>
      verdict.status === status ? [{ controlId, reason: verdict.reason }] : [],
    );
    return answers.length === 0 ? [] : [`${name}: ${explain(answers)}`];
  });
}

/** The first with their reasons, the others by id. */
function explain(answers: readonly { controlId: string; reason: string }[]): string {
  const explained = answers.slice(0, MOST_EXPLAINED);
  const others = answers.slice(MOST_EXPLAINED).map(({ controlId }) => controlId);
  const reasons = explained.map(({ controlId, reason }) => `${controlId}, ${reason}`).join('; ');
  return others.length === 0 ? reasons : `${reasons} (also ${others.join(', ')})`;
}

function inOneLine(judged: readonly string[]): string {
  return nameSome(judged, MOST_JUDGED, '; ');
}

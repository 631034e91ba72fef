import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';

/** Sorts findings for whoever reads only the first of them. */
export function worstFirst(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return findings.toSorted((left, right) => rankOf(right) - rankOf(left));
}

/** The worst has the most: violations before unknowns of a severity, what is exempt last. */
function rankOf({ severity, verdict, exemption }: ReportedFinding): number {
  const isOpen = exemption === undefined ? 2 : 0;
  return 4 * SEVERITIES.indexOf(severity) + isOpen + (verdict === 'violation' ? 1 : 0);
}

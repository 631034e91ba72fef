import type { SourceDocument } from '../read-policy-or-document.ts';
import type { LintFinding } from './lint-finding.ts';
import { toLintedAccess } from './linted-access.ts';
import { ACCESS_RULES } from './rules.ts';

/** Finds what authors of IAM documents get wrong, in the order of the documents. */
export function lintAccess(sources: readonly SourceDocument[]): readonly LintFinding[] {
  const access = toLintedAccess(sources);
  const findings = ACCESS_RULES.flatMap(({ find }) => find(access));
  const placed = findings.map((finding) => ({
    finding,
    at: access.documents.indexOf(finding.document),
  }));
  placed.sort(
    (left, right) => left.at - right.at || (left.finding.line ?? 0) - (right.finding.line ?? 0),
  );
  return placed.map(({ finding }) => finding);
}

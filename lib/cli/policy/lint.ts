import { toDocumentFile } from '../../policy/compile-policy.ts';
import { lintAccess } from '../../policy/lint/lint-access.ts';
import { lintPolicy } from '../../policy/lint/lint-policy.ts';
import { readPolicyOrDocument } from '../../policy/read-policy-or-document.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { renderFindings } from './render-findings.ts';

/** Says what the authors of a policy, or of one document, probably did not mean. */
export function lintFile(
  file: string,
  { format }: { readonly format: Format },
  terminal: Terminal,
): ExitStatus {
  const { nowMs } = terminal;
  const read = readPolicyOrDocument(file, { nowMs });
  if (!read.ok) {
    for (const fault of read.faults) terminal.tell(fault);
    return EXIT.badInput;
  }
  const own = read.source === undefined ? [] : lintPolicy(read.source, nowMs);
  const findings = [...own, ...lintAccess(read.documents)];
  const fileOf = (document: string): string =>
    read.source === undefined || document === file ? document : toDocumentFile(file, document);
  const { hasColors } = terminal;
  terminal.print(
    format === 'json' ? toJson({ findings }) : renderFindings(findings, { hasColors, fileOf }),
  );
  return findings.length === 0 ? EXIT.clean : EXIT.findings;
}

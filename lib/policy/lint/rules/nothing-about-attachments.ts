import type { LintFinding, LintRule } from '../lint-finding.ts';
import { CALLS, type LintedAccess } from '../linted-access.ts';

/** A document that says nothing about attachments: perhaps it is not the one that was meant. */
export const nothingAboutAttachments: LintRule = {
  id: 'nothing-about-attachments',
  title: 'a document without any statement about the two calls',
  find: (access) =>
    access.documents
      .filter((name) => !access.statements.some(({ document }) => document === name))
      .map((name) => toFinding(name, access)),
};

function toFinding(document: string, { unrelated }: LintedAccess): LintFinding {
  const [first] = unrelated.filter((linted) => linted.document === document);
  const added = {
    Sid: 'RequireVpc',
    Effect: 'Deny',
    Action: CALLS,
    Resource: '*',
    Condition: { Null: { 'lambda:VpcIds': 'true' } },
  };
  return {
    rule: nothingAboutAttachments.id,
    document,
    ...(first === undefined ? {} : { line: first.line, column: first.column }),
    message: `no statement is about ${CALLS.map((call) => `\`${call}\``).join(' or ')}, so the document decides nothing`,
    correction: { replaces: [], statements: [added] },
  };
}

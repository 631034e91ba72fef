import { compileAccess, hasAllowFor } from '../../../functions/core/iam/evaluate.ts';
import { isRecord } from '../../../functions/core/json-value.ts';
import type { LintFinding } from '../../../lib/policy/lint/lint-finding.ts';
import { parseDocumentText } from '../../../lib/policy/read-document.ts';
import type { SourceDocument } from '../../../lib/policy/read-policy-or-document.ts';
import { documentOf } from '../../support/access-documents.ts';

/** IAM documents by their names, as parsed JSON. */
export type Documents = Readonly<Record<string, unknown>>;

const ATTACHMENTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  detached: {},
  one: toContext('vpc-1', ['subnet-1'], ['sg-1']),
  both: toContext('vpc-1', ['subnet-1', 'subnet-2'], ['sg-1', 'sg-2']),
  mixed: toContext('vpc-1', ['subnet-1', 'subnet-9'], ['sg-1', 'sg-9']),
  'other groups': toContext('vpc-1', ['subnet-1'], ['sg-9']),
  other: toContext('vpc-9', ['subnet-9'], ['sg-9']),
};

/** Reads documents as a policy does. */
export function sourcesOf(documents: Documents): readonly SourceDocument[] {
  return Object.entries(documents).map(([name, value]) => {
    const text = JSON.stringify(value, undefined, 2);
    const parsed = parseDocumentText(name, text);
    if (!parsed.ok) throw new Error(parsed.faults.join('; '));
    return { document: parsed.document, text };
  });
}

/** Writes what a finding says to write. */
export function applyCorrection(documents: Documents, finding: LintFinding): Documents {
  const { replaces = [], statements = [] } = finding.correction ?? {};
  const home = replaces[0]?.document ?? finding.document;
  return Object.fromEntries(
    Object.entries(documents).map(([name, value]) => {
      const listed = isRecord(value) ? [value['Statement']].flat() : [];
      const kept = listed.filter((statement, index) => {
        const sid = isRecord(statement) ? (statement['Sid'] ?? `#${index + 1}`) : '';
        return !replaces.some((each) => each.document === name && each.statement === sid);
      });
      return [name, { Statement: name === home ? [...kept, ...statements] : kept }];
    }),
  );
}

/** Judges a call as the guardrail does: nothing is denied implicitly where no Allow is about the call. */
export function judgeCall(documents: Documents, attachment: string, action: string): string {
  const context = ATTACHMENTS[attachment];
  if (context === undefined) throw new Error(`no attachment is called ${attachment}`);
  const filled = Object.entries(documents).filter(([, value]) => {
    return !isRecord(value) || [value['Statement']].flat().length > 0;
  });
  const access = filled.map(([name, value]) => documentOf(value, name));
  const resource = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
  const { outcome } = compileAccess(access)({
    action,
    resource,
    context: { ...context, 'aws:principalarn': ['arn:aws:iam::123456789012:role/dev'] },
  });
  return outcome === 'implicitly-denied' && !hasAllowFor(access, action) ? 'allowed' : outcome;
}

function toContext(vpcId: string, subnetIds: readonly string[], groupIds: readonly string[]) {
  return {
    'lambda:vpcids': [vpcId],
    'lambda:subnetids': subnetIds,
    'lambda:securitygroupids': groupIds,
  };
}

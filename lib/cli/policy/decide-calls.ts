import { JUDGEABLE_KEYS } from '../../../functions/core/controls/access-documents-allow.ts';
import { describeAbsence } from '../../../functions/core/iam/condition-keys.ts';
import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import {
  type AccessJudge,
  compileAccess,
  hasAllowFor,
} from '../../../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import { VPC_KEY } from '../../policy/lint/conditions.ts';
import { CALLS } from '../../policy/lint/linted-access.ts';
import type { SourceDocument } from '../../policy/read-policy-or-document.ts';
import type { AskedCall } from './asked-call.ts';

/** What the documents decide about one call; the members in the order in which they are written. */
export interface CallDecision {
  readonly decision: 'allowed' | 'explicitly-denied' | 'implicitly-denied';
  readonly document?: string;
  readonly statement?: string;
  readonly reason: string;
}

/** A decision, or why the documents cannot be judged for the action. */
export type DecidedCall =
  | { readonly ok: true; readonly decision: CallDecision }
  | { readonly ok: false; readonly fault: string };

interface Compiled {
  readonly judge: AccessJudge;
  /** Some Allow is about the action, so that what none covers is denied. */
  readonly hasAllow: boolean;
}

const REMEMBERED_ACTIONS = 64;

/** Makes what decides calls by documents, whatever their action. */
export function createDecideCall(
  sources: readonly SourceDocument[],
): (call: AskedCall) => DecidedCall {
  const byAction = new Map<string, Compiled | string>();
  const compile = remember(sources.map(({ document }) => document));
  return (call) => {
    const action = call.action.toLowerCase();
    let compiled = byAction.get(action);
    if (compiled === undefined) {
      compiled = isAttachmentCall(action)
        ? compile(call.action)
        : compileForOther(call.action, sources);
      if (byAction.size >= REMEMBERED_ACTIONS) byAction.clear();
      byAction.set(action, compiled);
    }
    if (typeof compiled === 'string') return { ok: false, fault: compiled };
    return { ok: true, decision: decide(compiled, call) };
  };
}

/** Compiles documents once for all actions that they were read for. */
function remember(documents: readonly AccessDocument[]): (action: string) => Compiled {
  const judge = compileAccess(documents);
  return (action) => ({ judge, hasAllow: hasAllowFor(documents, action) });
}

/** A policy leaves out statements about other calls: for those the documents are read once more. */
function compileForOther(action: string, sources: readonly SourceDocument[]): Compiled | string {
  const documents: AccessDocument[] = [];
  for (const { document, text } of sources) {
    const judgeable = { actions: [action], keys: JUDGEABLE_KEYS };
    const parsed = parseAccessDocument(document.name, JSON.parse(text), { judgeable });
    if (!parsed.ok) {
      const [first] = parsed.faults;
      return `\`${action}\` cannot be judged: \`${document.name}\` \`${first?.path}\`: ${first?.message}`;
    }
    documents.push(parsed.document);
  }
  return remember(documents)(action);
}

function decide({ judge, hasAllow }: Compiled, call: AskedCall): CallDecision {
  const { action, functionArn } = call;
  const { outcome, document, statement, reason } = judge({
    action,
    resource: functionArn,
    context: toContext(call),
  });
  if (outcome !== 'allowed' && outcome !== 'explicitly-denied' && !hasAllow) {
    const none = `no statement denies it, and no Allow is about \`${action}\``;
    return { decision: 'allowed', reason: none };
  }
  return {
    // Every key is given or absent here, so that nothing is unknown.
    decision: outcome === 'unknown' ? 'implicitly-denied' : outcome,
    ...(document === undefined ? {} : { document }),
    ...(statement === undefined ? {} : { statement }),
    reason: isAttachmentCall(action.toLowerCase())
      ? reason
      : reason.replaceAll(describeAbsence(VPC_KEY), 'is no key of this call'),
  };
}

/** Only the two calls have keys for the attachment; a call goes to the region of its function. */
function toContext(call: AskedCall): Readonly<Record<string, readonly string[]>> {
  const { vpcId, subnetIds, securityGroupIds, principalArn } = call;
  const caller = {
    'aws:requestedregion': listOf(call.functionArn.split(':')[3]),
    'aws:principalarn': listOf(principalArn),
    'aws:principalaccount': listOf(principalArn?.split(':')[4]),
  };
  if (!isAttachmentCall(call.action.toLowerCase())) return caller;
  return {
    ...caller,
    'lambda:vpcids': listOf(vpcId),
    'lambda:subnetids': subnetIds,
    'lambda:securitygroupids': securityGroupIds,
  };
}

function isAttachmentCall(action: string): boolean {
  return CALLS.some((call) => call.toLowerCase() === action);
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [value];
}

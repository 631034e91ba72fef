import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import { type AccessJudge, compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';

/** A policy document, or the first thing that is wrong with it. */
export type ReadPolicy =
  | { readonly ok: true; readonly document: AccessDocument }
  | { readonly ok: false; readonly reason: string };

/** Reads the text of a policy document: an identity's, or one that names its principals. */
export function readPolicy(
  name: string,
  text: string,
  options: { readonly allowPrincipal: boolean },
): ReadPolicy {
  const value = parseJson(text);
  if (value === undefined) return { ok: false, reason: 'expected JSON' };
  const parsed = parseAccessDocument(name, value, options);
  if (parsed.ok) return parsed;
  const [first] = parsed.faults;
  const place = first?.path === '' ? '' : `${first?.path}: `;
  return { ok: false, reason: `${place}${first?.message}` };
}

/** A call that a service makes to a resource by itself. */
export interface ServiceCall {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  /** What the service acts for, such as the rule's ARN. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** Tells whether a resource's own policy lets a service call it; nothing else can. */
export function allowsService(judge: AccessJudge | undefined, call: ServiceCall): boolean {
  if (judge === undefined) return false;
  const decision = judge({
    action: call.action,
    resource: call.resource,
    principal: `service:${call.service}`,
    context: {
      'aws:sourcearn': [call.sourceArn],
      'aws:sourceaccount': [call.sourceAccount],
      'aws:principalisawsservice': ['true'],
      'aws:securetransport': ['true'],
    },
  });
  return decision.outcome === 'allowed';
}

/** Compiles the policy of a resource. */
export function compilePolicy(document: AccessDocument): AccessJudge {
  return compileAccess([document]);
}

/** Parses JSON; undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

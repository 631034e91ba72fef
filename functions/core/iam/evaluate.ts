import type { AskedRequest } from './asked-request.ts';
import {
  type CompiledStatement,
  compileAction,
  compileStatements,
  statementHolds,
} from './compile-statement.ts';
import type { AccessDocument } from './document.ts';
import { explainAllow, explainDeny, explainImplicitDeny, explainUnknown } from './explain.ts';
import { remember } from './remember.ts';

/** One call that is judged. */
export interface AccessRequest {
  /** Such as `lambda:CreateFunction`. */
  readonly action: string;
  readonly resource: string;
  /** Values by lower-case key; a key that is missing or empty is absent. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Lower-case keys that the request has, but whose values nobody knows. */
  readonly unknownKeys?: ReadonlySet<string>;
  /** Who calls, for documents of a resource: an ARN, or such as `service:events.amazonaws.com`. */
  readonly principal?: string;
}

/** What the documents say of a call, and which of them decided. */
export interface AccessDecision {
  readonly outcome: 'allowed' | 'explicitly-denied' | 'implicitly-denied' | 'unknown';
  readonly document?: string;
  readonly statement?: string;
  readonly operator?: string;
  readonly key?: string;
  readonly value?: string;
  /** One plain line for people. */
  readonly reason: string;
}

/** Judges one call by documents that were compiled before. */
export type AccessJudge = (request: AccessRequest) => AccessDecision;

/** The statements whose action matches: found once for each action. */
interface Candidates {
  readonly denies: readonly CompiledStatement[];
  readonly allows: readonly CompiledStatement[];
}

const REMEMBERED_ACTIONS = 256;

/** Compiles documents into what decides as IAM does: explicit deny, then allow, then implicit deny. */
export function compileAccess(documents: readonly AccessDocument[]): AccessJudge {
  const { statements, toAsked } = compileStatements(documents);
  const candidatesFor = remember(REMEMBERED_ACTIONS, (action) =>
    findCandidates(statements, action),
  );
  return (request) => judge(candidatesFor(request.action), toAsked(request));
}

/** Tells whether some Allow is about the action, whatever its resource. */
export function hasAllowFor(documents: readonly AccessDocument[], action: string): boolean {
  return documents.some(({ statements }) =>
    statements.some(({ effect, ...statement }) => {
      return effect === 'Allow' && compileAction(statement.action)(action);
    }),
  );
}

function findCandidates(statements: readonly CompiledStatement[], action: string): Candidates {
  const matching = statements.filter(({ matchesAction }) => matchesAction(action));
  return {
    denies: matching.filter(({ effect }) => effect === 'Deny'),
    allows: matching.filter(({ effect }) => effect === 'Allow'),
  };
}

function judge({ denies, allows }: Candidates, asked: AskedRequest): AccessDecision {
  const denial = strongest(denies, asked);
  if (denial?.isCertain === true) return explainDeny(denial.statement, asked);
  const grant = strongest(allows, asked);
  if (denial !== undefined) {
    // Whatever an open Deny turns out to be: where Allows exist and none holds, the call is denied.
    const isDeniedAnyway = grant === undefined && allows.length > 0;
    return isDeniedAnyway
      ? explainImplicitDeny(allows, asked)
      : explainUnknown(denial.statement, asked);
  }
  if (grant === undefined) return explainImplicitDeny(allows, asked);
  return grant.isCertain
    ? explainAllow(grant.statement, asked)
    : explainUnknown(grant.statement, asked);
}

/** The first statement that holds, else the first of which nobody knows. */
function strongest(
  statements: readonly CompiledStatement[],
  asked: AskedRequest,
): { readonly statement: CompiledStatement; readonly isCertain: boolean } | undefined {
  let open: CompiledStatement | undefined;
  for (const statement of statements) {
    const truth = statementHolds(statement, asked);
    if (truth === true) return { statement, isCertain: true };
    if (truth === 'unknown') open ??= statement;
  }
  return open === undefined ? undefined : { statement: open, isCertain: false };
}

import { compileWildcards, type Matcher } from '../wildcard.ts';
import {
  type CompiledCondition,
  compileCondition,
  type RequestFacts,
  type Truth,
} from './condition.ts';
import type { AccessDocument, Statement } from './document.ts';
import { compilePrincipal } from './principal.ts';

/** What a statement is asked about, beside the action. */
export interface StatementRequest extends RequestFacts {
  readonly resource: string;
  readonly principal?: string;
}

/** One statement, ready to be asked. */
export interface CompiledStatement {
  readonly document: string;
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matchesAction: Matcher;
  /** Whether it is about the resource and, in documents of a resource, the caller. */
  readonly concerns: (request: StatementRequest) => boolean;
  readonly conditions: readonly CompiledCondition[];
}

/** Compiles the statements of documents, in order. */
export function compileStatements(
  documents: readonly AccessDocument[],
): readonly CompiledStatement[] {
  return documents.flatMap(({ name, statements }) =>
    statements.map((statement) => compileStatement(name, statement)),
  );
}

/** Compiles what tells whether a statement is about an action; IAM ignores the case of actions. */
export function compileAction({ isNot, patterns }: Statement['action']): Matcher {
  const matches = compileWildcards(patterns.map((pattern) => pattern.toLowerCase()));
  return (action) => matches(action.toLowerCase()) !== isNot;
}

/** Tells whether a statement holds for a request whose action it matches. */
export function statementHolds(statement: CompiledStatement, request: StatementRequest): Truth {
  if (!statement.concerns(request)) return false;
  let truth: Truth = true;
  for (const { evaluate } of statement.conditions) {
    const answer = evaluate(request);
    if (answer === false) return false;
    if (answer === 'unknown') truth = 'unknown';
  }
  return truth;
}

function compileStatement(document: string, statement: Statement): CompiledStatement {
  const { isNot, patterns } = statement.resource;
  const matchesResource = compileWildcards(patterns);
  const matchesPrincipal = compilePrincipal(statement.principal);
  return {
    document,
    id: statement.id,
    effect: statement.effect,
    matchesAction: compileAction(statement.action),
    concerns: ({ resource, principal }) =>
      matchesResource(resource) !== isNot && matchesPrincipal(principal),
    conditions: statement.conditions.map(compileCondition),
  };
}

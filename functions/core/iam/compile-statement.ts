import { quote } from '../quote.ts';
import { compileWildcards, type Matcher } from '../wildcard.ts';
import {
  type AskedRequest,
  answerOf,
  createQuestions,
  type Questions,
  type SharedCondition,
} from './asked-request.ts';
import type { Truth } from './condition.ts';
import type { AccessDocument, Statement } from './document.ts';
import { compilePrincipal } from './principal.ts';
import { compileResource } from './resource.ts';

/** One statement, ready to be asked. */
export interface CompiledStatement {
  readonly document: string;
  readonly id: string;
  /** Its document and id, for people. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly matchesAction: Matcher;
  /** Whether it is about the resource and, in documents of a resource, the caller. */
  readonly concerns: (asked: AskedRequest) => boolean;
  readonly conditions: readonly SharedCondition[];
}

/** Compiles the statements of documents, in order, and what they ask about a request. */
export function compileStatements(documents: readonly AccessDocument[]): {
  readonly statements: readonly CompiledStatement[];
  readonly toAsked: Questions['toAsked'];
} {
  const { toShared, toAsked } = createQuestions();
  const statements = documents.flatMap(({ name, statements: all }) =>
    all.map((statement) => compileStatement(name, statement, toShared)),
  );
  return { statements, toAsked };
}

/** Compiles what tells whether a statement is about an action; IAM ignores the case of actions. */
export function compileAction({ isNot, patterns }: Statement['action']): Matcher {
  const matches = compileWildcards(patterns.map((pattern) => pattern.toLowerCase()));
  return (action) => matches(action.toLowerCase()) !== isNot;
}

/** Tells whether a statement holds for a request whose action it matches. */
export function statementHolds(statement: CompiledStatement, asked: AskedRequest): Truth {
  if (!statement.concerns(asked)) return false;
  let truth: Truth = true;
  for (const condition of statement.conditions) {
    const answer = answerOf(condition, asked);
    if (answer === false) return false;
    if (answer === 'unknown') truth = 'unknown';
  }
  return truth;
}

function compileStatement(
  document: string,
  statement: Statement,
  toShared: Questions['toShared'],
): CompiledStatement {
  const isAboutResource = compileResource(statement.resource);
  const isAboutCaller = compilePrincipal(statement.principal);
  return {
    document,
    id: statement.id,
    label: `${quote(document)} statement ${quote(statement.id)}`,
    effect: statement.effect,
    matchesAction: compileAction(statement.action),
    concerns: ({ resource, request }) =>
      isAboutResource(resource) && isAboutCaller(request.principal),
    conditions: statement.conditions.map(toShared),
  };
}

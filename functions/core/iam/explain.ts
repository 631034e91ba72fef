import { quote } from '../quote.ts';
import type { CompiledStatement } from './compile-statement.ts';
import type { CompiledCondition, RequestFacts } from './condition.ts';
import { spellKey } from './condition-keys.ts';
import { describeCondition, spellOperator } from './describe-condition.ts';
import type { AccessDecision, AccessRequest } from './evaluate.ts';

/** Says which statement allows a call. */
export function explainAllow(statement: CompiledStatement): AccessDecision {
  return { outcome: 'allowed', ...place(statement), reason: `${name(statement)} allows` };
}

/** Says which statement denies a call, and by what. */
export function explainDeny(statement: CompiledStatement, request: AccessRequest): AccessDecision {
  const [first] = statement.conditions;
  const reasons = statement.conditions.map((condition) => describeCondition(condition, request));
  const why = first === undefined ? quote(request.action) : reasons.join(', and ');
  return {
    outcome: 'explicitly-denied',
    ...place(statement),
    ...(first === undefined ? {} : witness(first, request)),
    reason: `${name(statement)} denies${first === undefined ? '' : ':'} ${why}`,
  };
}

/** Says that no statement allows a call, and what the nearest one asks for. */
export function explainImplicitDeny(
  allows: readonly CompiledStatement[],
  request: AccessRequest,
): AccessDecision {
  const nearest = allows.find((statement) => statement.concerns(request));
  const failing = nearest?.conditions.find(({ evaluate }) => evaluate(request) === false);
  const action = quote(request.action);
  if (nearest === undefined || failing === undefined) {
    const reason = `no statement allows ${action} on ${quote(request.resource)}`;
    return { outcome: 'implicitly-denied', reason };
  }
  return {
    outcome: 'implicitly-denied',
    ...place(nearest),
    ...witness(failing, request),
    reason: `no statement allows ${action}; ${name(nearest)} would, but ${describeCondition(failing, request)}`,
  };
}

/** Says what somebody would have to know to judge a call. */
export function explainUnknown(
  statement: CompiledStatement,
  request: AccessRequest,
): AccessDecision {
  const open = statement.conditions.filter(({ evaluate }) => evaluate(request) === 'unknown');
  const keys = [...new Set(open.map(({ condition }) => spellKey(condition.key)))];
  return {
    outcome: 'unknown',
    ...place(statement),
    reason: `${name(statement)} turns on ${keys.map(quote).join(' and ')}, which nobody knows`,
  };
}

function place({ document, id }: CompiledStatement): { document: string; statement: string } {
  return { document, statement: id };
}

function name({ document, id }: CompiledStatement): string {
  return `${quote(document)} statement ${quote(id)}`;
}

function witness(
  { condition, findWitness }: CompiledCondition,
  facts: RequestFacts,
): { operator: string; key: string; value?: string } {
  const value = findWitness(facts);
  return {
    operator: spellOperator(condition),
    key: spellKey(condition.key),
    ...(value === undefined ? {} : { value }),
  };
}

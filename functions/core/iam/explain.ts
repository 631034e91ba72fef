import { quote } from '../quote.ts';
import { type AskedRequest, answerOf, type SharedCondition } from './asked-request.ts';
import type { CompiledStatement } from './compile-statement.ts';
import { describeCondition } from './describe-condition.ts';
import type { AccessDecision } from './evaluate.ts';

/** Says which statement allows a call, and by what. */
export function explainAllow(statement: CompiledStatement, asked: AskedRequest): AccessDecision {
  return {
    outcome: 'allowed',
    ...place(statement),
    ...decidingCondition(mostTelling(statement), asked),
    reason: `${statement.label} allows${describeAll(statement, asked)}`,
  };
}

/** Says which statement denies a call, and by what. */
export function explainDeny(statement: CompiledStatement, asked: AskedRequest): AccessDecision {
  const why = describeAll(statement, asked) || ` ${quote(asked.request.action)}`;
  return {
    outcome: 'explicitly-denied',
    ...place(statement),
    ...decidingCondition(mostTelling(statement), asked),
    reason: `${statement.label} denies${why}`,
  };
}

/** Says that no statement allows a call, and what the nearest one asks for. */
export function explainImplicitDeny(
  allows: readonly CompiledStatement[],
  asked: AskedRequest,
): AccessDecision {
  const { action, resource } = asked.request;
  const none = `no statement allows ${quote(action)}`;
  const nearest = findNearest(allows, asked);
  if (nearest === undefined) {
    return { outcome: 'implicitly-denied', reason: `${none} on ${quote(resource)}` };
  }
  const { statement, failing } = nearest;
  const but = failing === undefined ? `not on ${quote(resource)}` : describe(failing, asked);
  return {
    outcome: 'implicitly-denied',
    ...place(statement),
    ...decidingCondition(failing, asked),
    reason: `${none}; ${statement.label} would, but ${but}`,
  };
}

/** Says what somebody would have to know to judge a call. */
export function explainUnknown(statement: CompiledStatement, asked: AskedRequest): AccessDecision {
  const open = statement.conditions.filter((condition) => answerOf(condition, asked) === 'unknown');
  const keys = [...new Set(open.map(({ words }) => words.key))];
  return {
    outcome: 'unknown',
    ...place(statement),
    ...decidingCondition(open[0], asked),
    reason: `${statement.label} turns on ${keys.map(quote).join(' and ')}, which nobody knows`,
  };
}

/** The Allow that fails by the fewest conditions, the first of them; by its resource only if all do. */
function findNearest(
  allows: readonly CompiledStatement[],
  asked: AskedRequest,
): { statement: CompiledStatement; failing?: SharedCondition } | undefined {
  let nearest: { statement: CompiledStatement; failing?: SharedCondition } | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const statement of allows) {
    const isAbout = statement.concerns(asked);
    const [failing, ...others] = isAbout
      ? statement.conditions.filter((condition) => answerOf(condition, asked) === false)
      : [];
    if (failing !== undefined && others.length < fewest) {
      nearest = { statement, failing };
      fewest = others.length;
    }
    nearest ??= { statement };
  }
  return nearest;
}

/** Where all conditions hold: what a key is compared with tells more than that it is there. */
function mostTelling({ conditions }: CompiledStatement): SharedCondition | undefined {
  return conditions.find(({ condition }) => condition.operator !== 'Null') ?? conditions[0];
}

function describeAll({ conditions }: CompiledStatement, asked: AskedRequest): string {
  if (conditions.length === 0) return '';
  return `: ${conditions.map((condition) => describe(condition, asked)).join(', and ')}`;
}

function describe(shared: SharedCondition, asked: AskedRequest): string {
  return describeCondition(shared, asked.values[shared.slot]);
}

function place({ document, id }: CompiledStatement): { document: string; statement: string } {
  return { document, statement: id };
}

function decidingCondition(
  shared: SharedCondition | undefined,
  asked: AskedRequest,
): Pick<AccessDecision, 'operator' | 'key' | 'value'> {
  if (shared === undefined) return {};
  const value = shared.findWitness(asked.values[shared.slot]);
  return {
    operator: shared.words.operator,
    key: shared.words.key,
    ...(value === undefined ? {} : { value }),
  };
}

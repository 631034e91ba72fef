import { patternFault } from './pattern-fault.ts';
import { compileNumeric } from './pattern-numeric.ts';
import { compileText, TEXT_OPERATORS } from './pattern-text.ts';

/** Tells whether one value of an event matches. */
export type ValueTest = (value: unknown) => boolean;

/** The alternatives that a pattern lists for one field. */
export interface LeafTest {
  readonly matches: ValueTest;
  /** Whether an event without the field matches. */
  readonly matchesAbsent: boolean;
}

/** Compiles the list of alternatives of one field. */
export function compileLeaf(alternatives: readonly unknown[], path: string): LeafTest {
  if (alternatives.length === 0) throw patternFault('Empty arrays are not allowed');
  const tests = alternatives.map((one) => compileAlternative(one, path));
  return {
    matches: (value) => tests.some(({ matches }) => matches(value)),
    matchesAbsent: tests.some(({ matchesAbsent }) => matchesAbsent),
  };
}

function compileAlternative(alternative: unknown, path: string): LeafTest {
  if (isScalar(alternative)) return present((value) => value === alternative);
  const [operator, operand] = readOperator(alternative, path);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') {
        throw patternFault('exists match pattern must be either true or false.');
      }
      return { matches: () => operand, matchesAbsent: !operand };
    case 'anything-but':
      return present(compileAnythingBut(operand, path));
    case 'numeric':
      return present(compileNumeric(operand));
    default:
      return present(compileText(operator, operand));
  }
}

function present(matches: ValueTest): LeafTest {
  return { matches, matchesAbsent: false };
}

/** What is not listed, or does not match an operator on texts. */
function compileAnythingBut(operand: unknown, path: string): ValueTest {
  if (isScalar(operand) && operand !== null) return (value) => value !== operand;
  if (Array.isArray(operand)) {
    const isUniform =
      operand.length > 0 &&
      (operand.every((one) => typeof one === 'string') ||
        operand.every((one) => typeof one === 'number'));
    if (!isUniform) {
      throw patternFault('anything-but list must hold strings only or numbers only');
    }
    const listed = new Set<unknown>(operand);
    return (value) => !listed.has(value);
  }
  const [operator, nested] = readOperator(operand, path);
  const operands: readonly unknown[] = Array.isArray(nested) ? nested : [nested];
  if (operands.length === 0) throw patternFault('Empty arrays are not allowed');
  const tests = operands.map((one) => compileText(operator, one));
  return (value) => !tests.some((test) => test(value));
}

/** An object with one member: the operator and what it works with. */
function readOperator(value: unknown, path: string): readonly [string, unknown] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw patternFault(`"${path}" lists what is neither a value nor a match expression`);
  }
  const [first, second] = Object.entries(value);
  if (first === undefined || second !== undefined) {
    throw patternFault('Only one key allowed in match expression');
  }
  const [name] = first;
  if (![...TEXT_OPERATORS, 'exists', 'anything-but', 'numeric'].includes(name)) {
    throw patternFault(`Unrecognized match type ${name}`);
  }
  return first;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

import { patternFault } from './pattern-fault.ts';

type Comparison = (value: number, bound: number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const LIMIT = 5_000_000_000;

/** Compiles `["=", 5]` or a range such as `[">", 0, "<=", 10]`. */
export function compileNumeric(operand: unknown): (value: unknown) => boolean {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw patternFault('Value of numeric must be an array of one or two comparisons');
  }
  const tests = [compileComparison(operand[0], operand[1])];
  if (operand.length === 4) {
    if (!/^>=?$/.test(String(operand[0])) || !/^<=?$/.test(String(operand[2]))) {
      throw patternFault('Bad numeric range operator: expected > or >= before < or <=');
    }
    if (Number(operand[1]) >= Number(operand[3])) {
      throw patternFault('Bottom must be less than top');
    }
    tests.push(compileComparison(operand[2], operand[3]));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function compileComparison(name: unknown, bound: unknown): (value: number) => boolean {
  const comparison =
    typeof name === 'string' && Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (comparison === undefined) {
    throw patternFault(`Unrecognized numeric range operator: ${String(name)}`);
  }
  if (typeof bound !== 'number' || Math.abs(bound) > LIMIT) {
    throw patternFault('Numeric bound must be a number between -5.0e9 and 5.0e9');
  }
  return (value) => comparison(value, bound);
}

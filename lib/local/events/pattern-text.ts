import { patternFault } from './pattern-fault.ts';

/** The operators that work on texts. */
export const TEXT_OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'] as const;

type TextTest = (value: string) => boolean;

/** Compiles one operator on texts; what is no text never matches. */
export function compileText(operator: string, operand: unknown): (value: unknown) => boolean {
  const test = compileOperator(operator, operand);
  return (value) => typeof value === 'string' && test(value);
}

function compileOperator(operator: string, operand: unknown): TextTest {
  if (typeof operand === 'string') return compileOnText(operator, operand);
  const folded = foldedOperand(operand);
  if ((operator === 'prefix' || operator === 'suffix') && folded !== undefined) {
    const test = compileOnText(operator, folded.toLowerCase());
    return (value) => test(value.toLowerCase());
  }
  throw patternFault(`${operator} match pattern must be a string`);
}

function compileOnText(operator: string, operand: string): TextTest {
  switch (operator) {
    case 'prefix':
      return (value) => value.startsWith(operand);
    case 'suffix':
      return (value) => value.endsWith(operand);
    case 'equals-ignore-case': {
      const folded = operand.toLowerCase();
      return (value) => value.toLowerCase() === folded;
    }
    case 'wildcard':
      return compileWildcard(operand);
    default:
      throw patternFault(`Unrecognized match type ${operator}`);
  }
}

/** `prefix` and `suffix` also take `{"equals-ignore-case": …}`. */
function foldedOperand(operand: unknown): string | undefined {
  if (typeof operand !== 'object' || operand === null) return undefined;
  const [first, second] = Object.entries(operand) as readonly (readonly [string, unknown])[];
  if (first === undefined || second !== undefined) return undefined;
  const [name, text] = first;
  return name === 'equals-ignore-case' && typeof text === 'string' ? text : undefined;
}

/** `*` stands for any characters; a backslash takes its meaning from it. */
function compileWildcard(pattern: string): TextTest {
  const parts = splitWildcard(pattern);
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (value.length < first.length + last.length) return false;
    if (!value.startsWith(first) || !value.endsWith(last)) return false;
    return findInOrder(value.slice(first.length, value.length - last.length), others);
  };
}

function splitWildcard(pattern: string): readonly string[] {
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[\s\S]?|\*+|[^\\*]+/g)) {
    if (token.startsWith('*')) {
      checkStars(token);
      parts.push('');
    } else parts[parts.length - 1] += token.startsWith('\\') ? readEscape(token) : token;
  }
  return parts;
}

function checkStars(token: string): void {
  if (token !== '*') throw patternFault('Consecutive wildcard characters are not allowed');
}

function readEscape(token: string): string {
  if (token === '\\*' || token === '\\\\') return token.slice(1);
  throw patternFault('Invalid escape character at wildcard');
}

function findInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

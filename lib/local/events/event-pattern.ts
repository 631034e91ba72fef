import { parseJson } from '../identity/resource-policy.ts';
import { patternFault } from './pattern-fault.ts';
import { compileLeaf, type LeafTest } from './pattern-leaf.ts';

/** Tells whether an event matches. */
export type EventTest = (event: unknown) => boolean;

const LONGEST_PATTERN = 4096;
const DEEPEST = 50;

/**
 * Compiles an event pattern, or says what is wrong with it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function compilePattern(text: string): EventTest {
  if (text.length > LONGEST_PATTERN) {
    throw patternFault(`Pattern is longer than ${LONGEST_PATTERN} characters`);
  }
  const value = parseJson(text);
  if (!isObject(value)) throw patternFault('Filter is not an object');
  return compileObject(value, '', 0);
}

/** All fields of a pattern have to match; `$or` is a field whose alternatives are patterns. */
function compileObject(
  pattern: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): EventTest {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw patternFault('Empty objects are not allowed');
  if (depth > DEEPEST) throw patternFault('Pattern is nested too deeply');
  const tests = entries.map(([name, value]) =>
    name === '$or'
      ? compileOr(value, path, depth)
      : compileField({ name, value, path: path === '' ? name : `${path}.${name}` }, depth),
  );
  return (event) => tests.every((test) => test(event));
}

function compileOr(value: unknown, path: string, depth: number): EventTest {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    throw patternFault('"$or" must be an array of at least two objects');
  }
  const tests = value.map((one) => compileObject(one, path, depth + 1));
  return (event) => tests.some((test) => test(event));
}

function compileField(
  { name, value, path }: { readonly name: string; readonly value: unknown; readonly path: string },
  depth: number,
): EventTest {
  if (Array.isArray(value)) {
    const test = compileLeaf(value, path);
    return (event) => matchesLeaf(test, fieldOf(event, name));
  }
  if (!isObject(value)) throw patternFault(`"${path}" must be an object or an array`);
  const test = compileObject(value, path, depth + 1);
  return (event) => matchesObject(test, fieldOf(event, name));
}

/** AWS: of an array any one value has to match; only leaves are values. */
function matchesLeaf({ matches, matchesAbsent }: LeafTest, held: unknown): boolean {
  const values = leavesOf(held);
  return values.length === 0 ? matchesAbsent : values.some(matches);
}

/** AWS: of an array of objects one has to match as a whole; what is no object has no fields. */
function matchesObject(test: EventTest, held: unknown): boolean {
  if (!Array.isArray(held)) return test(held);
  return held.length === 0 ? test(undefined) : held.some((one) => matchesObject(test, one));
}

function leavesOf(held: unknown): readonly unknown[] {
  if (Array.isArray(held)) return held.flatMap(leavesOf);
  return held === undefined || isObject(held) ? [] : [held];
}

function fieldOf(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

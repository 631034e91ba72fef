import { functionNameOf, type Home, parseFunctionName, toFunctionArn } from './function-name.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import type { Mode } from './policy.ts';
import { quote, quoteKind } from './quote.ts';
import { matchesAny } from './wildcard.ts';

/** A sweep that somebody asks for. */
export interface RescanRequest {
  /** Function ARNs, or patterns of function names; `*` for all. */
  readonly functions: readonly string[];
  /** Lowers the deployed mode. */
  readonly mode?: Mode;
  /** Wake idle functions that the policy lists. */
  readonly wake: boolean;
  /** Answer what every control says, the compliant ones included. */
  readonly verdicts: boolean;
}

/** A rescan's payload, or everything that is wrong with it. */
export type ParsedRescan =
  | { readonly ok: true; readonly request: RescanRequest }
  | { readonly ok: false; readonly faults: readonly string[] };

const KEYS = ['functions', 'mode', 'wake', 'verdicts'];
const MOST_FUNCTIONS = 1000;
/** So many functions' verdicts fit into Lambda's answer, whatever their reasons are. */
const MOST_JUDGED_ALOUD = 50;

/** Reads the payload of a rescan; an empty one asks for every function. */
export function parseRescanRequest(payload: unknown, home: Home): ParsedRescan {
  const value = payload ?? {};
  if (!isRecord(value)) {
    return { ok: false, faults: [`the payload: expected an object, got ${quote(payload)}`] };
  }
  const faults = Object.keys(value)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `unknown key ${quote(key)}: expected one of ${KEYS.join(', ')}`);
  const functions = parseFunctions(value, home, faults);
  const { mode, wake = true, verdicts = false } = value;
  if (mode !== undefined && !isMode(mode)) {
    faults.push(`\`mode\`: expected \`audit\` or \`enforce\`, got ${quote(mode)}`);
  }
  if (typeof wake !== 'boolean') {
    faults.push(`\`wake\`: expected true or false, got ${quoteKind(wake)}`);
  }
  faults.push(...verdictFaults(verdicts, functions));
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    request: {
      functions,
      ...(isMode(mode) ? { mode } : {}),
      wake: wake === true,
      verdicts: verdicts === true,
    },
  };
}

function verdictFaults(verdicts: unknown, functions: readonly string[]): readonly string[] {
  if (typeof verdicts !== 'boolean') {
    return [`\`verdicts\`: expected true or false, got ${quoteKind(verdicts)}`];
  }
  const isNamed = functions.length <= MOST_JUDGED_ALOUD && !functions.some(isNamePattern);
  if (!verdicts || isNamed) return [];
  return [
    `\`verdicts\`: expected \`functions\` with at most ${MOST_JUDGED_ALOUD} names or ARNs beside it, no patterns`,
  ];
}

/** Tells whether a function is one of those that the patterns mean: ARNs, or patterns of names. */
export function matchesFunction(patterns: readonly string[], functionArn: string): boolean {
  return patterns.includes(functionArn) || matchesAny(patterns, functionNameOf(functionArn));
}

/** The ARNs of the functions that the request names one by one, each once. */
export function namedFunctions({ functions }: RescanRequest): ReadonlySet<string> {
  return new Set(functions.filter((pattern) => !isNamePattern(pattern)));
}

function parseFunctions(
  { functions }: JsonRecord,
  home: Home,
  faults: string[],
): readonly string[] {
  if (functions === undefined) return ['*'];
  if (!Array.isArray(functions) || functions.length === 0 || functions.length > MOST_FUNCTIONS) {
    const got = Array.isArray(functions) ? `a list of ${functions.length}` : quote(functions);
    faults.push(
      `\`functions\`: expected 1 to ${MOST_FUNCTIONS} names, ARNs or patterns in a list, got ${got}`,
    );
    return [];
  }
  return functions.flatMap((item: unknown, index) => {
    const pattern = parsePattern(item, home);
    if (pattern.ok) return [pattern.text];
    faults.push(`\`functions[${index}]\`: expected ${pattern.expected}, got ${quote(item)}`);
    return [];
  });
}

type Pattern =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly expected: string };

/** A pattern of names stays as it is; a name becomes the ARN of the function here. */
function parsePattern(item: unknown, home: Home): Pattern {
  const text = typeof item === 'string' ? item : '';
  if (isNamePattern(text)) return { ok: true, text };
  const name = parseFunctionName(text);
  const { account = home.account, region = home.region } = name ?? {};
  if (name === undefined || account !== home.account || region !== home.region) {
    const expected = `a function of account ${home.account} in ${home.region} by name, ARN or pattern such as \`nightly-*\``;
    return { ok: false, expected };
  }
  if (name.qualifier !== undefined) {
    return { ok: false, expected: 'a function without version or alias' };
  }
  return { ok: true, text: toFunctionArn(name, home) };
}

function isNamePattern(text: string): boolean {
  return /^[a-zA-Z0-9_*?-]{1,140}$/.test(text) && /[*?]/.test(text);
}

function isMode(value: unknown): value is Mode {
  return value === 'audit' || value === 'enforce';
}

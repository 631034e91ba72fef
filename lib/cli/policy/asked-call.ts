import { parseFunctionArn } from '../../../functions/core/function-name.ts';
import { splitArn } from '../../../functions/core/iam/value-matcher.ts';
import { isRecord, type JsonRecord } from '../../../functions/core/json-value.ts';
import { quote } from '../../../functions/core/quote.ts';
import { CALLS } from '../../policy/lint/linted-access.ts';
import { scanJson } from '../../policy/scan-json.ts';

/** One call that somebody wants to have judged. */
export interface AskedCall {
  readonly action: string;
  readonly functionArn: string;
  /** Absent where the request does not have it, as are empty lists. */
  readonly vpcId: string | undefined;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly principalArn: string | undefined;
}

/** A call, or the first thing that is wrong with its line. */
export type ParsedCall =
  | { readonly ok: true; readonly call: AskedCall }
  | { readonly ok: false; readonly fault: string };

const ACTION = 'lambda:UpdateFunctionConfiguration';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:unnamed';
/** The last one is part of an attachment, though no key of IAM. */
const MEMBERS = [
  'functionArn',
  'vpcId',
  'subnetIds',
  'securityGroupIds',
  'principalArn',
  'action',
  'ipv6AllowedForDualStack',
];

/** Reads one line of JSON. */
export function parseAskedCall(line: string): ParsedCall {
  const faults: string[] = [];
  const call = toCall(parseJson(line, faults), faults);
  const [fault] = faults;
  return fault === undefined ? { ok: true, call } : { ok: false, fault };
}

function toCall(record: JsonRecord, faults: string[]): AskedCall {
  for (const name of Object.keys(record).filter((key) => !MEMBERS.includes(key))) {
    faults.push(`unknown member ${quote(name)}: expected one of ${MEMBERS.join(', ')}`);
  }
  const action = textOf(record, 'action', faults) ?? ACTION;
  const functionArn = textOf(record, 'functionArn', faults);
  const parsedArn = parseFunctionArn(functionArn ?? FUNCTION);
  if (parsedArn === undefined) {
    faults.push(`\`functionArn\`: expected the ARN of a function, got ${quote(functionArn)}`);
  }
  return {
    action: toAction(action, faults),
    functionArn: parsedArn ?? FUNCTION,
    vpcId: textOf(record, 'vpcId', faults),
    subnetIds: idsOf(record, 'subnetIds', faults),
    securityGroupIds: idsOf(record, 'securityGroupIds', faults),
    principalArn: principalOf(record, faults),
  };
}

/** The two calls may be named without their service. */
function toAction(text: string, faults: string[]): string {
  const action =
    CALLS.find((call) => call.toLowerCase() === `lambda:${text.toLowerCase()}`) ?? text;
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) {
    faults.push(`\`action\`: expected an action such as \`${ACTION}\`, got ${quote(text)}`);
  }
  return action;
}

/** IAM knows a session by its role: the role's path is not in the session's ARN. */
function principalOf(record: JsonRecord, faults: string[]): string | undefined {
  const text = textOf(record, 'principalArn', faults);
  if (text === undefined) return undefined;
  if (text.includes(':assumed-role/')) {
    faults.push(
      `\`principalArn\`: expected the ARN of the role, not of its session, got ${quote(text)}`,
    );
  } else if (!text.startsWith('arn:') || splitArn(text) === undefined) {
    faults.push(`\`principalArn\`: expected an ARN, got ${quote(text)}`);
  }
  return text;
}

function parseJson(line: string, faults: string[]): JsonRecord {
  const scanned = scanJson(line);
  if (!scanned.ok) {
    faults.push(`no JSON at column ${scanned.offset + 1}: expected ${scanned.expected}`);
    return {};
  }
  for (const { key, offset } of scanned.repeated) {
    const where = `at column ${offset + 1}`;
    faults.push(`member ${quote(key)} is there twice ${where}: the first would be lost`);
  }
  const value: unknown = JSON.parse(line);
  if (isRecord(value)) return value;
  faults.push(`expected an object, got ${quote(value)}`);
  return {};
}

function textOf(record: JsonRecord, name: string, faults: string[]): string | undefined {
  const value = record[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') {
    faults.push(`\`${name}\`: expected a text, got ${quote(value)}`);
    return undefined;
  }
  checkCharacters(name, [value], faults);
  return value;
}

function idsOf(record: JsonRecord, name: string, faults: string[]): readonly string[] {
  const value = record[name] ?? [];
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
    faults.push(`\`${name}\`: expected a list of texts, got ${quote(value)}`);
    return [];
  }
  checkCharacters(name, value, faults);
  return value;
}

function checkCharacters(name: string, texts: readonly string[], faults: string[]): void {
  const bad = texts.find((text) => /\p{Cc}/u.test(text));
  if (bad === undefined) return;
  faults.push(`\`${name}\`: expected no control characters, got ${quote(bad)}`);
}

import { type Home, parseFunctionName, toFunctionArn } from './function-name.ts';
import { isRecord } from './json-value.ts';
import { bounded, quote, quoteKind } from './quote.ts';
import { redact } from './redact.ts';

/** A release that an operator asks for. */
export interface ReleaseRequest {
  readonly functionArn: string;
  readonly reason: string;
  /** Release although the function still violates the policy. */
  readonly force: boolean;
  /** Only when forced: how long the violation is left alone. */
  readonly holdHours?: number;
}

/** A release's payload, or everything that is wrong with it. */
export type ParsedRelease =
  | { readonly ok: true; readonly request: ReleaseRequest }
  | { readonly ok: false; readonly faults: readonly string[] };

const KEYS = ['function', 'reason', 'force', 'holdHours'];
const LONGEST_REASON = 500;
const LONGEST_HOLD_HOURS = 168;
const DEFAULT_HOLD_HOURS = 24;

/** Reads the payload of a release. */
export function parseReleaseRequest(payload: unknown, home: Home): ParsedRelease {
  if (!isRecord(payload)) {
    return { ok: false, faults: [`the payload: expected an object, got ${quote(payload)}`] };
  }
  const faults = Object.keys(payload)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `unknown key ${quote(key)}: expected one of ${KEYS.join(', ')}`);
  const functionArn = parseFunction(payload['function'], home, faults);
  const reason = parseReason(payload['reason'], faults);
  const { force = false, holdHours } = payload;
  if (typeof force !== 'boolean') {
    faults.push(`\`force\`: expected true or false, got ${quoteKind(force)}`);
  }
  const isForced = force === true;
  const hours = parseHoldHours(holdHours, isForced, faults);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    request: { functionArn, reason, force: isForced, ...(isForced ? { holdHours: hours } : {}) },
  };
}

function parseFunction(value: unknown, home: Home, faults: string[]): string {
  const name = typeof value === 'string' ? parseFunctionName(value) : undefined;
  const { account = home.account, region = home.region } = name ?? {};
  const isHere = name !== undefined && account === home.account && region === home.region;
  if (isHere && name.qualifier === undefined) return toFunctionArn(name, home);
  const expected = isHere
    ? 'a function without version or alias'
    : `a function of account ${home.account} in ${home.region} by name or ARN`;
  faults.push(`\`function\`: expected ${expected}, got ${quote(value)}`);
  return '';
}

function parseReason(value: unknown, faults: string[]): string {
  const reason = typeof value === 'string' ? value.trim() : '';
  if (reason === '' || reason.length > LONGEST_REASON) {
    faults.push(`\`reason\`: expected 1 to ${LONGEST_REASON} characters, got ${quote(value)}`);
  }
  return redact(bounded(reason, LONGEST_REASON));
}

function parseHoldHours(value: unknown, isForced: boolean, faults: string[]): number {
  if (value === undefined) return DEFAULT_HOLD_HOURS;
  if (!isForced) faults.push('`holdHours`: expected only beside `"force": true`');
  const hours = Number.isInteger(value) ? Number(value) : 0;
  if (hours < 1 || hours > LONGEST_HOLD_HOURS) {
    faults.push(
      `\`holdHours\`: expected a whole number from 1 to ${LONGEST_HOLD_HOURS}, got ${quote(value)}`,
    );
  }
  return hours;
}

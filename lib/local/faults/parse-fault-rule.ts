import type { FaultEffect, FaultMatch, FaultRule } from './fault-rule.ts';

/** A rule that was read, or everything that is wrong with it. */
export type ParsedFaultRule =
  | { readonly ok: true; readonly rule: FaultRule }
  | { readonly ok: false; readonly faults: readonly string[] };

interface Field {
  readonly expected: string;
  readonly isGood: (value: unknown) => boolean;
  readonly isRequired?: boolean;
}

type Fields = Readonly<Record<string, Field>>;

const TEXT = (expected: string, isRequired = false): Field => ({
  expected,
  isRequired,
  isGood: (value) => typeof value === 'string' && value !== '',
});
const NUMBER = (
  expected: string,
  isGood: (value: number) => boolean,
  isRequired = false,
): Field => ({
  expected,
  isRequired,
  isGood: (value) => typeof value === 'number' && isGood(value),
});
const POSITIVE = (value: number): boolean => Number.isInteger(value) && value > 0;

const MATCH: Fields = {
  service: TEXT('a signing name such as `lambda`, or `*`', true),
  operation: TEXT('an operation such as `GetFunction`, or a pattern with `*`', true),
  caller: TEXT("a pattern of the caller's ARN"),
  handling: TEXT('a part of the event that the caller handles'),
  nth: NUMBER('a whole number from 1', POSITIVE),
  count: NUMBER('a whole number from 1', POSITIVE),
  probability: NUMBER('a number from 0 to 1', (value) => value >= 0 && value <= 1),
};

const AFTER: Fields = {
  after: { expected: 'true or false', isGood: (value) => typeof value === 'boolean' },
};

const KINDS: Readonly<Record<FaultEffect['kind'], Fields>> = {
  error: {
    name: TEXT('the name of the error', true),
    status: NUMBER(
      'an HTTP status from 400 to 599',
      (value) => Number.isInteger(value) && value >= 400 && value <= 599,
      true,
    ),
    message: TEXT('the text of the error'),
  },
  throttle: {},
  latency: {
    seconds: NUMBER('a number from 0.001 to 900', (value) => value >= 0.001 && value <= 900, true),
  },
  reset: AFTER,
  hang: AFTER,
  crash: AFTER,
};

/** Reads a fault rule from JSON that was parsed. */
export function parseFaultRule(value: unknown): ParsedFaultRule {
  if (!isObject(value)) return { ok: false, faults: ['expected an object'] };
  const kind = value['kind'];
  if (!isKind(kind)) {
    return { ok: false, faults: [`kind: expected one of ${Object.keys(KINDS).join(', ')}`] };
  }
  const fields = { ...MATCH, ...KINDS[kind] };
  const faults = [
    ...Object.entries(fields).flatMap(([name, field]) => checkField(name, field, value[name])),
    ...Object.keys(value)
      .filter((name) => name !== 'kind' && !Object.hasOwn(fields, name))
      .map((name) => `${name}: unknown for kind \`${kind}\``),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, rule: value as unknown as FaultMatch & FaultEffect };
}

function checkField(name: string, field: Field, value: unknown): readonly string[] {
  if (value === undefined) {
    return field.isRequired ? [`${name}: missing, expected ${field.expected}`] : [];
  }
  return field.isGood(value) ? [] : [`${name}: expected ${field.expected}`];
}

function isKind(value: unknown): value is FaultEffect['kind'] {
  return typeof value === 'string' && Object.hasOwn(KINDS, value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

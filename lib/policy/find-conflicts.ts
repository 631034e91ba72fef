import { parseIsoTime, toIsoTime } from '../../functions/core/iso-time.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { quote } from '../../functions/core/quote.ts';
import { parseTagPattern } from '../../functions/core/trusted-tags.ts';
import { exemptionSchema, expiryDay } from './exemption-schema.ts';
import { functionPattern } from './function-patterns.ts';
import { exemptionId } from './policy-hash.ts';

/** What is wrong with one place of a policy file. */
export interface PolicyFault {
  readonly steps: readonly (string | number)[];
  readonly message: string;
}

type Steps = PolicyFault['steps'];

const MS_PER_DAY = 86_400_000;
const MOST_DAYS = 400;

/**
 * Finds what is wrong between the parts of a policy, or against the present day.
 *
 * It reads what the file says as it stands, so that faults elsewhere hide nothing here.
 */
export function findConflicts(policy: unknown, nowMs: number): readonly PolicyFault[] {
  const exemptions = listOf(policy, 'exemptions');
  return [
    ...findUntrusted(policy),
    ...exemptions.flatMap((exemption, index) => findFarEnd(exemption, index, nowMs)),
    ...findRepeated(exemptions),
    ...findRepeatedKeys(listOf(policy, 'trustedTags')),
  ];
}

/** A tag that nobody may write for the guardrail never counts: whoever names it means something else. */
function findUntrusted(policy: unknown): readonly PolicyFault[] {
  const trusted = new Set(listOf(policy, 'trustedTags').map((tag) => memberOf(tag, 'key')));
  const places: readonly (readonly [Steps, readonly unknown[]])[] = [
    [['idle', 'wake'], listOf(memberOf(policy, 'idle'), 'wake')],
    ...listOf(policy, 'exemptions').map((exemption, index) => {
      return [['exemptions', index, 'functions'], listOf(exemption, 'functions')] as const;
    }),
  ];
  return places.flatMap(([place, patterns]) =>
    patterns.flatMap((pattern, index) => {
      const named = functionPattern.safeParse(pattern);
      const tag = named.success ? parseTagPattern(named.data) : undefined;
      if (tag === undefined || trusted.has(tag.key)) return [];
      const message = `expected a tag whose key \`trustedTags\` lists, got ${quote(pattern)}`;
      return [{ steps: [...place, index], message }];
    }),
  );
}

/** A day that has passed is none: a policy does not become faulty by ageing. */
function findFarEnd(exemption: unknown, index: number, nowMs: number): readonly PolicyFault[] {
  const day = expiryDay.safeParse(memberOf(exemption, 'expires'));
  const endMs = day.success ? (parseIsoTime(`${day.data}T00:00:00Z`) ?? 0) : 0;
  const lastMs = (Math.floor(nowMs / MS_PER_DAY) + MOST_DAYS) * MS_PER_DAY;
  if (endMs <= lastMs) return [];
  const last = toIsoTime(lastMs).slice(0, 'yyyy-mm-dd'.length);
  const message = `expected a day until ${last}, ${MOST_DAYS} days from today, got ${quote(day.data)}`;
  return [{ steps: ['exemptions', index, 'expires'], message }];
}

function findRepeated(exemptions: readonly unknown[]): readonly PolicyFault[] {
  const ids = exemptions.map((exemption) => {
    const parsed = exemptionSchema.safeParse(exemption);
    return parsed.success ? exemptionId(parsed.data) : undefined;
  });
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    if (id === undefined || first === index) return [];
    const message = `expected each exemption once, got \`exemptions[${first}]\` again`;
    return [{ steps: ['exemptions', index], message }];
  });
}

function findRepeatedKeys(tags: readonly unknown[]): readonly PolicyFault[] {
  const keys = tags.map((tag) => memberOf(tag, 'key'));
  return keys.flatMap((key, index) => {
    if (typeof key !== 'string' || keys.indexOf(key) === index) return [];
    const message = `expected each key once, got ${quote(key)} again`;
    return [{ steps: ['trustedTags', index, 'key'], message }];
  });
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const found = memberOf(value, key);
  return Array.isArray(found) ? found : [];
}

function memberOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

import type { AccountItem } from './account-item.ts';
import type { Home } from './function-name.ts';
import { isRecord } from './json-value.ts';
import { parsePlan, writePlan } from './plan.ts';

/** The attributes of the account item: texts, numbers and times by id. */
export type AccountAttributes = Readonly<Record<string, unknown>>;

/** Writes the account item as attributes; what is undefined is not there. */
export function writeAccount(item: AccountItem): AccountAttributes {
  const { mode, breaker, spentMs, trip, tellingMs, toldTrip, approvedPolicy } = item;
  const { plan, planSpent, modeSet, breakerSet } = item;
  return {
    mode,
    breaker,
    spent: spentMs,
    trip: toText(trip),
    // By itself, so that who closes the breaker by hand can approve it.
    trippedPolicy: trip?.policyHash,
    tellingMs,
    toldTrip,
    approvedPolicy,
    plan: plan && writePlan(plan),
    planSpent: toText(planSpent),
    modeSet: toText(modeSet),
    breakerSet: toText(breakerSet),
  };
}

/** Reads the account item from attributes, whoever wrote them: what nobody can read approves nothing. */
export function parseAccount(attributes: AccountAttributes, home: Home): AccountItem {
  const { mode, breaker, spent, tellingMs, toldTrip, approvedPolicy, plan } = attributes;
  const parsed =
    plan === undefined
      ? undefined
      : parsePlan(textOf(plan) ?? '', { file: 'the account item', home });
  return present({
    mode: wordOf(mode),
    breaker: wordOf(breaker),
    spentMs: isRecord(spent) ? (spent as AccountItem['spentMs']) : {},
    trip: parseText(attributes['trip']) as AccountItem['trip'],
    tellingMs: typeof tellingMs === 'number' ? tellingMs : undefined,
    toldTrip: textOf(toldTrip),
    approvedPolicy: textOf(approvedPolicy),
    plan: parsed?.ok === true ? parsed.plan : undefined,
    planFaults: parsed?.ok === false ? parsed.faults : undefined,
    planSpent: (parseText(attributes['planSpent']) ?? []) as AccountItem['planSpent'],
    modeSet: parseText(attributes['modeSet']) as AccountItem['modeSet'],
    breakerSet: parseText(attributes['breakerSet']) as AccountItem['breakerSet'],
  });
}

type Possible<T> = { readonly [Key in keyof T]: T[Key] | undefined };

/** Leaves out what is undefined. */
function present(item: Possible<Required<AccountItem>>): AccountItem {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== undefined),
  ) as unknown as AccountItem;
}

/** An operator's typing error in an emergency must not let the guardrail act: a word that is none is another one. */
function wordOf(value: unknown): string | undefined {
  return value === undefined ? undefined : (textOf(value) ?? '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function toText(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function parseText(value: unknown): unknown {
  try {
    return JSON.parse(textOf(value) ?? '') ?? undefined;
  } catch {
    return undefined;
  }
}

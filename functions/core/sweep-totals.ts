import { functionNameOf } from './function-name.ts';
import { SEVERITIES, type Severity } from './policy.ts';
import type { SweptFunction } from './swept-function.ts';

/** What a sweep has found so far: it grows with the controls, not with the functions. */
export interface SweepTotals {
  /** Functions that were looked at. */
  readonly scanned: number;
  readonly compliant: number;
  /** Functions with a violation that nobody answers for. */
  readonly violating: number;
  /** The same by control. */
  readonly violations: Readonly<Record<string, ControlTotals>>;
  /** Functions of which too little is known to judge them. */
  readonly unknown: Named;
  readonly idle: IdleTotals;
  /** Functions in quarantine. */
  readonly quarantined: Named;
  /** Functions whose violation is over since the last look. */
  readonly resolved: Named;
  /** What was enqueued, by remediation. */
  readonly planned: Readonly<Record<string, number>>;
  /** Attachments that were confirmed as baselines. */
  readonly baselines: number;
}

/** So many functions, and some of them by name. */
export interface Named {
  readonly functions: number;
  readonly names: readonly string[];
}

/** The functions that violate one control; `names` are of those that are not in quarantine. */
export interface ControlTotals extends Named {
  readonly severity: Severity;
  /** Of them, how many began since people were last told. */
  readonly fresh: number;
  /** Some of those that began since, in quarantine or not. */
  readonly freshNames: readonly string[];
  /** Some of those that are in quarantine. */
  readonly heldNames: readonly string[];
}

/** Idle functions and versions. */
export interface IdleTotals extends Named {
  /** Of them, how many the policy lists to be woken. */
  readonly listed: number;
  /** Of them, how many cannot wake. */
  readonly stuck: number;
}

const MOST_NAMED = 5;
/** No function at all. */
export const NOBODY: Named = { functions: 0, names: [] };

const NO_VIOLATION = { ...NOBODY, fresh: 0, freshNames: [], heldNames: [] };

/** What a sweep has found before it looked at anything. */
export const NO_TOTALS: SweepTotals = {
  scanned: 0,
  compliant: 0,
  violating: 0,
  violations: {},
  unknown: NOBODY,
  idle: { ...NOBODY, listed: 0, stuck: 0 },
  quarantined: NOBODY,
  resolved: NOBODY,
  planned: {},
  baselines: 0,
};

/** Adds one function to what a sweep has found. */
export function addSwept(totals: SweepTotals, swept: SweptFunction): SweepTotals {
  const { functionArn, isGone, isCompliant, idle, planned } = swept;
  if (isGone) return totals;
  const count = (named: Named, isOne: boolean) => (isOne ? addNamed(named, functionArn) : named);
  return {
    scanned: totals.scanned + 1,
    compliant: totals.compliant + (isCompliant ? 1 : 0),
    violating: totals.violating + (swept.findings.some(isOpen) ? 1 : 0),
    violations: addViolations(totals.violations, swept),
    unknown: count(totals.unknown, swept.unknown !== undefined),
    idle: idle.reduce(addIdle, totals.idle),
    quarantined: count(totals.quarantined, swept.isQuarantined),
    resolved: count(totals.resolved, swept.isResolved),
    planned:
      planned === undefined
        ? totals.planned
        : { ...totals.planned, [planned.kind]: (totals.planned[planned.kind] ?? 0) + 1 },
    baselines: totals.baselines + (swept.isBaselineNew ? 1 : 0),
  };
}

/** Counts one function more, and names it while there is room. */
export function addNamed({ functions, names }: Named, functionArn: string): Named {
  return { functions: functions + 1, names: withName(names, functionNameOf(functionArn)) };
}

/** The worst severity of what was found; undefined where nothing was. */
export function worstOf({ violations }: SweepTotals): Severity | undefined {
  const found = new Set(Object.values(violations).map(({ severity }) => severity));
  return SEVERITIES.findLast((severity) => found.has(severity));
}

function addViolations(
  violations: SweepTotals['violations'],
  { functionArn, findings, newControlIds, isQuarantined }: SweptFunction,
): SweepTotals['violations'] {
  const name = functionNameOf(functionArn);
  const violated = findings.filter(isOpen);
  const added = violated.map(({ controlId, severity }): [string, ControlTotals] => {
    const { functions, names, fresh, freshNames, heldNames } =
      violations[controlId] ?? NO_VIOLATION;
    const isNew = newControlIds.includes(controlId);
    return [
      controlId,
      {
        severity,
        functions: functions + 1,
        names: isQuarantined ? names : withName(names, name),
        fresh: fresh + (isNew ? 1 : 0),
        freshNames: isNew ? withName(freshNames, name) : freshNames,
        heldNames: isQuarantined ? withName(heldNames, name) : heldNames,
      },
    ];
  });
  return added.length === 0 ? violations : { ...violations, ...Object.fromEntries(added) };
}

function isOpen({ verdict, exemption }: SweptFunction['findings'][number]): boolean {
  return verdict === 'violation' && exemption === undefined;
}

function addIdle(
  { listed, stuck, ...named }: IdleTotals,
  { functionArn, isListed, canWake }: SweptFunction['idle'][number],
): IdleTotals {
  return {
    ...addNamed(named, functionArn),
    listed: listed + (isListed ? 1 : 0),
    stuck: stuck + (canWake === 'no' ? 1 : 0),
  };
}

function withName(names: readonly string[], name: string): readonly string[] {
  return names.length < MOST_NAMED && !names.includes(name) ? [...names, name] : names;
}

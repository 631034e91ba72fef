import { randomUUID } from 'node:crypto';
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Plan, writePlan } from '../../../functions/core/plan.ts';
import { toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import type { PlanReport } from './plan-report.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;
/** `breaker approve` reads no more of either. */
const MOST_APPROVED = 1000;

/** Refuses a place where no plan can be written, before anything is read for it. */
export function checkPlanFile(file: string): void {
  try {
    if (file === '-') throw new Error('a plan is kept in a file');
    const stat = statSync(file, { throwIfNoEntry: false });
    // It is put into the place of what is there: that must not be a device.
    if (stat?.isFile() === false) throw new Error('it is no file');
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw couldNotWrite(file, cause);
  }
}

/** Makes the plan that approves what would be done and counts, of those functions and no others. */
export function toPlan(
  { policy, remediations }: Pick<PlanReport, 'policy' | 'remediations'>,
  { hours, nowMs }: { readonly hours: number; readonly nowMs: number },
): Plan {
  const functionArns = remediations
    .filter(({ isCounted }) => isCounted)
    .map(({ functionArn }) => functionArn);
  if (functionArns.length === 0) {
    throw new UsageError('there is nothing to approve: no remediation would count');
  }
  if (functionArns.length > MOST_APPROVED) {
    throw new UsageError(
      `there are ${functionArns.length} remediations to approve, and a plan holds at most ${MOST_APPROVED}: ask for fewer functions at once with --function`,
    );
  }
  const endMs = nowMs + hours * MS_PER_HOUR;
  return {
    policyHash: policy.hash,
    functionArns,
    max: functionArns.length,
    // The machine that approves it may be a second behind: the longest plan must not be too long there.
    expiresMs: Math.floor(endMs / MS_PER_MINUTE) * MS_PER_MINUTE,
  };
}

/** Writes a plan as a whole or not at all. */
export function writePlanFile(file: string, plan: Plan): void {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    writeFileSync(draft, toJson(JSON.parse(writePlan(plan))), { flag: 'wx' });
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw couldNotWrite(file, cause);
  }
}

function couldNotWrite(file: string, cause: unknown): UsageError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UsageError(`could not write the plan \`${file}\`: ${why}`, { cause });
}

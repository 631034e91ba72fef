import { functionNameOf } from '../../../functions/core/function-name.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { nameSome } from '../../../functions/core/name-some.ts';
import type { Plan } from '../../../functions/core/plan.ts';

/** What is approved although the breaker is tripped. */
export interface DescribedPlan extends Pick<Plan, 'policyHash' | 'max'> {
  readonly functions: readonly string[];
  readonly spent: number;
  readonly expires: string;
  readonly isExpired: boolean;
}

const MOST_NAMES = 5;

/** Says what a plan approves, for programs. */
export function describePlan(plan: Plan, spent: number, nowMs: number): DescribedPlan {
  const { policyHash, functionArns: functions, max, expiresMs } = plan;
  const isExpired = expiresMs <= nowMs;
  return { policyHash, functions, max, spent, expires: toIsoTime(expiresMs), isExpired };
}

/** Says it for people. */
export function sayPlan({ functions, max, spent, expires, isExpired }: DescribedPlan): string {
  const names = nameSome(functions.map(functionNameOf), MOST_NAMES);
  const until = isExpired ? `expired at ${expires}` : `until ${expires}`;
  return `${spent} of ${max} remediations spent, ${until}: ${names}`;
}

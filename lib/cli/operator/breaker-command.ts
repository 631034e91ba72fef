import { readAccount, stepAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import {
  type AccountItem,
  approvePlan,
  resetBreaker,
} from '../../../functions/core/account-item.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import type { Plan } from '../../../functions/core/plan.ts';
import { quote } from '../../../functions/core/quote.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { counted } from './counted.ts';
import { describeBreaker, renderBreaker } from './describe-breaker.ts';
import { describePlan, sayPlan } from './describe-plan.ts';
import {
  actOf,
  type OperatorAccount,
  type OperatorOptions,
  parseReason,
  withAccount,
} from './operator-account.ts';
import { checkPlan, readPlan } from './plan-file.ts';
import { tellChange } from './tell-change.ts';
import { unknownFunctions } from './unknown-functions.ts';

/** How `breaker reset` is run. */
export interface ResetOptions extends OperatorOptions {
  readonly reason?: string;
}

/** How `breaker approve` is run. */
export interface ApproveOptions extends OperatorOptions {
  readonly plan: string;
  /** Default: the plan's file. */
  readonly reason?: string;
}

/** Says whether the breaker is tripped, why, and what is approved. */
export function showBreaker(options: OperatorOptions, terminal: Terminal): Promise<ExitStatus> {
  return withAccount(options, terminal.nowMs, async (account) => {
    const described = describeBreaker(await readAccount(account.budget), account);
    const { format } = options;
    terminal.print(format === 'json' ? toJson(described) : renderBreaker(described, terminal));
    return EXIT.clean;
  });
}

/** Closes a tripped breaker, and approves the present policy. */
export async function runReset(options: ResetOptions, terminal: Terminal): Promise<ExitStatus> {
  const reason = parseReason(options.reason);
  return withAccount(options, terminal.nowMs, async (account) => {
    const act = actOf(account, 'breaker reset', reason);
    const policyHash = account.deployed?.policyHash;
    const isChanged = await stepAccount(account.budget, (item) =>
      resetBreaker(item, act, policyHash),
    );
    const said = isChanged
      ? ['the breaker is closed, and its window is empty']
      : ['the breaker is not tripped: nothing was changed'];
    tellChange({ account, act, isChanged, said }, options, terminal);
    return EXIT.clean;
  });
}

/** Lets through some of what a tripped breaker holds back. */
export async function runApprove(options: ApproveOptions, terminal: Terminal): Promise<ExitStatus> {
  const { plan: file } = options;
  const text = readPlan(file);
  const reason = parseReason(options.reason ?? `the plan ${file}`);
  return withAccount(options, terminal.nowMs, async (account) => {
    const parsed = checkPlan(text, file, account);
    if (!parsed.ok) {
      for (const fault of parsed.faults) terminal.tell(fault);
      return EXIT.badInput;
    }
    const { plan } = parsed;
    const act = actOf(account, 'breaker approve', reason);
    // First of all: what cannot be read must not look as if nothing was approved.
    const unknown = await unknownFunctions(plan.functionArns, account);
    const { isChanged, before } = await stepAccount(account.budget, (item) => {
      const { answer, ...step } = approvePlan(item, act, plan);
      return { answer: { isChanged: answer, before: item }, ...step };
    });
    if (!isChanged) throw new UsageError('the breaker is not tripped: it holds nothing back');
    for (const functionArn of unknown) {
      const name = quote(functionNameOf(functionArn));
      terminal.tell(`the guardrail knows no function ${name} yet: is the name right?`);
    }
    const said = [
      sayApproved(plan),
      ...sayReplaced(before, account),
      'the breaker stays tripped for all others',
    ];
    tellChange({ account, act, isChanged, said }, options, terminal);
    return EXIT.clean;
  });
}

function sayApproved({ max, functionArns, expiresMs }: Plan): string {
  const what = `${counted(max, 'remediation')} of ${counted(functionArns.length, 'function')}`;
  return `up to ${what} ${max === 1 ? 'is' : 'are'} approved until ${toIsoTime(expiresMs)}`;
}

function sayReplaced(before: AccountItem, { budget }: OperatorAccount): readonly string[] {
  const { plan, planSpent } = before;
  if (plan === undefined) return [];
  const described = describePlan(plan, planSpent.length, budget.nowMs());
  return [`it takes the place of an earlier plan: ${sayPlan(described)}`];
}

import { readFileSync } from 'node:fs';
import { readAccount, stepAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { approvePlan, resetBreaker } from '../../../functions/core/account-item.ts';
import { type Plan, parsePlan } from '../../../functions/core/plan.ts';
import { quote } from '../../../functions/core/quote.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type PolicyTerminal, toJson } from '../policy/terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describeBreaker, renderBreaker } from './describe-breaker.ts';
import {
  actOf,
  type OperatorAccount,
  type OperatorOptions,
  parseReason,
  withAccount,
} from './operator-account.ts';
import { tellChange } from './tell-change.ts';

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
export function showBreaker(
  options: OperatorOptions,
  terminal: PolicyTerminal,
): Promise<ExitStatus> {
  return withAccount(options, terminal.nowMs, async (account) => {
    const described = describeBreaker(await readAccount(account.budget), account);
    const { format } = options;
    terminal.print(format === 'json' ? toJson(described) : renderBreaker(described, terminal));
    return EXIT.clean;
  });
}

/** Closes a tripped breaker, and approves the present policy. */
export async function runReset(
  options: ResetOptions,
  terminal: PolicyTerminal,
): Promise<ExitStatus> {
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
export async function runApprove(
  options: ApproveOptions,
  terminal: PolicyTerminal,
): Promise<ExitStatus> {
  const { plan: file } = options;
  const text = readPlan(file);
  const reason = parseReason(options.reason ?? `the plan ${file}`);
  return withAccount(options, terminal.nowMs, async (account) => {
    const parsed = parsePlan(text, { file, home: account.budget.deployment });
    const faults = parsed.ok ? faultsNow(parsed.plan, account, file) : parsed.faults;
    if (!parsed.ok || faults.length > 0) {
      for (const fault of faults) terminal.tell(fault);
      return EXIT.badInput;
    }
    const { plan } = parsed;
    const act = actOf(account, 'breaker approve', reason);
    const isChanged = await stepAccount(account.budget, (item) => approvePlan(item, act, plan));
    if (!isChanged) throw new UsageError('the breaker is not tripped: it holds nothing back');
    const said = [
      `up to ${plan.max} remediations of ${plan.functionArns.length} functions are approved until ${toTime(plan)}`,
      'the breaker stays tripped for all others',
    ];
    tellChange({ account, act, isChanged, said }, options, terminal);
    return EXIT.clean;
  });
}

/** What a good plan cannot approve any more, or not here. */
function faultsNow(
  plan: Plan,
  { budget, deployed }: OperatorAccount,
  file: string,
): readonly string[] {
  const { policyHash } = plan;
  return [
    ...(deployed === undefined || deployed.policyHash === policyHash
      ? []
      : [
          `\`${file}\` \`policyHash\`: expected \`${deployed.policyHash}\`, the policy that is deployed, got ${quote(policyHash)}`,
        ]),
    ...(plan.expiresMs > budget.nowMs()
      ? []
      : [`\`${file}\` \`expires\`: expected a time in the future, got \`${toTime(plan)}\``]),
  ];
}

function toTime({ expiresMs }: Plan): string {
  return new Date(expiresMs).toISOString();
}

function readPlan(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new UsageError(`could not read the plan \`${file}\`: ${code}`, { cause });
  }
}

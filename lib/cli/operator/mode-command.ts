import { readAccount, stepAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { setMode } from '../../../functions/core/account-item.ts';
import type { Mode } from '../../../functions/core/policy.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describeMode, modeCommand, renderMode } from './describe-mode.ts';
import {
  actOf,
  type OperatorAccount,
  type OperatorOptions,
  parseReason,
  withAccount,
} from './operator-account.ts';
import { tellChange } from './tell-change.ts';

/** How `mode audit` and `mode enforce` are run. */
export interface ModeOptions extends OperatorOptions {
  readonly reason?: string;
}

/** Says which mode is deployed, and which one an operator set. */
export async function showMode(options: ModeOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.reason !== undefined) {
    throw new UsageError('`--reason` without a mode: type `audit` or `enforce` before it');
  }
  return withAccount(options, terminal.nowMs, async (account) => {
    const described = describeMode(await readAccount(account.budget), account);
    const { format } = options;
    terminal.print(format === 'json' ? toJson(described) : renderMode(described, terminal));
    return EXIT.clean;
  });
}

/** Sets the mode at run time: the kill switch, and its end. */
export async function runMode(
  mode: Mode,
  options: ModeOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const reason = parseReason(options.reason);
  return withAccount(options, terminal.nowMs, async (account) => {
    const act = actOf(account, modeCommand(mode), reason);
    const isChanged = await stepAccount(account.budget, (item) => setMode(item, act, mode));
    const said = [
      isChanged ? `the run-time mode is ${mode}` : `the run-time mode is ${mode} already`,
      ...(mode === 'audit' ? STOPPED : whatCounts(account)),
    ];
    const isLetThrough = mode === 'enforce' && account.deployed?.mode !== 'audit';
    tellChange({ account, act, isChanged, isKept: true, said, isLetThrough }, options, terminal);
    return EXIT.clean;
  });
}

const STOPPED = [
  'no further remediation is begun; what AWS has begun goes on',
  'to let it act again: npx lambda-vpc-guardrail mode enforce --reason TEXT',
];

/** The deployed mode is never raised. */
function whatCounts({ deployed }: OperatorAccount): readonly string[] {
  if (deployed?.mode === 'enforce') return [];
  return deployed === undefined
    ? ['where the deployed policy says audit, nothing is remedied all the same']
    : [
        'the deployed policy says audit: nothing is remedied until one with `mode: enforce` is deployed',
      ];
}

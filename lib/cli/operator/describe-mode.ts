import { createColors } from 'picocolors';
import { type AccountItem, isKilled } from '../../../functions/core/account-item.ts';
import { lowerMode, type Mode } from '../../../functions/core/policy.ts';
import { type DescribedAct, describeAct, sayAct } from './describe-act.ts';
import type { OperatorAccount } from './operator-account.ts';

/** The modes of a deployment. */
export interface DescribedMode {
  readonly table: string;
  /** Absent where only the table was named. */
  readonly deployed?: Mode;
  readonly runTime: Mode;
  /** Whether the run-time mode is another one than `lastSet` says, or was never set by a command. */
  readonly isSetByHand?: true;
  /** What is written, where that is no mode and is taken for audit. */
  readonly written?: string;
  /** The lower of the two; absent where the deployed one is not known. */
  readonly inForce?: Mode;
  readonly lastSet?: DescribedAct;
}

/** Says which mode is deployed, which one an operator set, and which of them counts. */
export function describeMode(
  item: AccountItem,
  { budget, deployed }: OperatorAccount,
): DescribedMode {
  const { mode, modeSet } = item;
  const runTime = isKilled(item) ? 'audit' : 'enforce';
  const lastCommand = modeSet?.command ?? modeCommand('enforce');
  return {
    table: budget.tableName,
    ...(deployed === undefined ? {} : { deployed: deployed.mode }),
    runTime,
    ...(lastCommand === modeCommand(runTime) ? {} : { isSetByHand: true }),
    ...(mode === undefined || mode === runTime ? {} : { written: mode }),
    ...(deployed === undefined ? {} : { inForce: lowerMode(deployed.mode, runTime) }),
    ...(modeSet === undefined ? {} : { lastSet: describeAct(modeSet) }),
  };
}

/** The command that sets a mode, as it is kept. */
export function modeCommand(mode: Mode): string {
  return `mode ${mode}`;
}

/** Says it for people. */
export function renderMode(
  { deployed, runTime, isSetByHand, written, inForce, lastSet }: DescribedMode,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const typed = written === undefined ? '' : `, for \`${written}\` is no mode`;
  const byHand = isSetByHand ? ', set by hand' : '';
  const rows: readonly (readonly [string, string])[] = [
    ['deployed', deployed ?? 'not known: name the stack with --stack'],
    ['run time', `${runTime}${typed}${byHand}`],
    ...(inForce === undefined ? [] : [['in force', inForce] as const]),
    ...(lastSet === undefined ? [] : [['last set', sayAct(lastSet)] as const]),
  ];
  return rows.map(([label, line]) => `${colors.cyan(label.padEnd(10))}${line}\n`).join('');
}

import type { OperatorAct } from '../../../functions/core/account-item.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { type Terminal, toJson } from '../terminal.ts';
import { type OperatorAccount, type OperatorOptions, rescanCommand } from './operator-account.ts';

/** What an operator changed, and what there is to say of it. */
export interface Changed {
  readonly account: OperatorAccount;
  readonly act: OperatorAct;
  readonly isChanged: boolean;
  /** Whether it is written down who did it. Default: where something was changed. */
  readonly isKept?: boolean;
  readonly said: readonly string[];
  /** What else there is to say of it, for programs. */
  readonly about?: Readonly<Record<string, unknown>>;
  /** False where nothing that was withheld may be done now. Default: yes. */
  readonly isLetThrough?: boolean;
}

/** Tells an operator what came of a command, and how what was withheld is looked at again. */
export function tellChange(
  { account, act, isChanged, isKept = isChanged, said, about, isLetThrough = true }: Changed,
  { format }: OperatorOptions,
  terminal: Terminal,
): void {
  const { command, by, atMs, reason } = act;
  const rescan = isChanged && isLetThrough ? rescanCommand(account) : undefined;
  if (format === 'json') {
    terminal.print(
      toJson({
        table: account.budget.tableName,
        ...about,
        changed: isChanged,
        said,
        ...(isKept ? { act: { command, by, at: toIsoTime(atMs), reason } } : {}),
        ...(rescan === undefined ? {} : { rescan }),
      }),
    );
    return;
  }
  const lines = [
    ...said,
    ...(isKept ? [`written down: ${by}, because ${reason}`] : []),
    ...(rescan === undefined ? [] : ['a rescan looks again at what was withheld:', `  ${rescan}`]),
  ];
  terminal.print(`${lines.join('\n')}\n`);
}

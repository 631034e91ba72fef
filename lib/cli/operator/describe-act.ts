import type { OperatorAct } from '../../../functions/core/account-item.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';

/** What an operator did, for programs. */
export interface DescribedAct {
  readonly command: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

/** Says what an operator did, for programs. */
export function describeAct({ command, by, atMs, reason }: OperatorAct): DescribedAct {
  return { command, by, at: toIsoTime(atMs), reason };
}

/** Says what an operator did, for people: nothing that somebody typed may steer the terminal. */
export function sayAct({ command, by, at, reason }: DescribedAct): string {
  return `${command} at ${at} by ${by}: ${reason}`.replaceAll(/\p{Cc}/gu, ' ');
}

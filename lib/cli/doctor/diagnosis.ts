import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Caller } from '../read-caller.ts';
import { type Answer, type Checkup, TOPICS } from './checkup.ts';

/** All that was looked at; the document for programs. */
export interface Diagnosis {
  readonly account: string;
  readonly region: string;
  /** The ARN of the caller. */
  readonly caller: string;
  /** The account's time, in ISO 8601. */
  readonly at: string;
  /** The name under which the guardrail was looked for; absent with `table`. */
  readonly stack?: string;
  /** The table that was named. */
  readonly table?: string;
  readonly answers: Readonly<Record<Answer, number>>;
  readonly checks: readonly Checkup[];
}

/** Puts what was looked at into one document, in the order of topics. */
export function toDiagnosis(
  { account, region, callerArn }: Caller,
  {
    place,
    nowMs,
    checkups,
  }: {
    readonly place: Pick<Diagnosis, 'stack' | 'table'>;
    readonly nowMs: number;
    readonly checkups: readonly Checkup[];
  },
): Diagnosis {
  const count = (answer: Answer) => checkups.filter((check) => check.answer === answer).length;
  return {
    account,
    region,
    caller: callerArn,
    at: toIsoTime(nowMs),
    ...place,
    answers: {
      good: count('good'),
      bad: count('bad'),
      unknown: count('unknown'),
      off: count('off'),
    },
    checks: TOPICS.flatMap((topic) => checkups.filter((check) => check.topic === topic)),
  };
}

/** Answers the exit status: what is bad is sure, however much else could not be seen. */
export function exitOf({ checks }: Pick<Diagnosis, 'checks'>): ExitStatus {
  if (checks.some(({ answer }) => answer === 'bad')) return EXIT.findings;
  return checks.some(({ isEssential }) => isEssential) ? EXIT.notFinished : EXIT.clean;
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createReadHeartbeat } from '../../../functions/adapters/dynamodb-heartbeat.ts';
import { createSweepStatePorts } from '../../../functions/adapters/dynamodb-sweep.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { isHeartbeatMissing, type SweepState } from '../../../functions/core/sweep-state.ts';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good, notYet } from './checkup.ts';
import type { TabledAccount } from './doctor-account.ts';
import { judgeFact, readFact, withClient } from './read-fact.ts';
import { sayAge } from './say-age.ts';

/** What is known beside the state of sweeps. */
export interface SweepSurroundings {
  readonly nowMs: number;
  /** The hash of the deployed policy; absent where only the table was named. */
  readonly policyHash?: string;
  /** Absent where only the table was named. */
  readonly functionName?: string;
}

const MS_PER_HOUR = 3_600_000;
/** A policy may leave a week between two sweeps. */
const MOST_MS = 2 * 168 * MS_PER_HOUR;
const USUAL_MS = 26 * MS_PER_HOUR;

/** Looks when everything was looked at last, and whether the guardrail hears of itself. */
export async function checkSweep(account: TabledAccount): Promise<readonly Checkup[]> {
  const { access, tableName, deployed, nowMs } = account;
  const read = await withClient(new DynamoDBClient(clientSettingsOf(access)), (client) =>
    readFact('dynamodb:GetItem', async () => {
      const [state, seenMs] = await Promise.all([
        createSweepStatePorts(client, tableName).readSweep(),
        createReadHeartbeat(client, tableName)(),
      ]);
      return { state, seenMs };
    }),
  );
  const around = {
    nowMs: nowMs(),
    ...(deployed === undefined
      ? {}
      : { policyHash: deployed.policyHash, functionName: deployed.functionNames.sweep }),
  };
  return [
    judgeFact({ topic: 'sweep' }, read, ({ state }) => judgeSweep(state, around)),
    judgeFact({ topic: 'heartbeat' }, read, ({ state, seenMs }) =>
      judgeHeartbeat(state, seenMs, around.nowMs),
    ),
  ];
}

/** Judges when the last sweep ended. */
export function judgeSweep(
  { last, underway, isOverdueTold }: SweepState,
  { nowMs, policyHash, functionName = 'SWEEP_FUNCTION' }: SweepSurroundings,
): Checkup {
  const about = { topic: 'sweep' } as const;
  const log = `see why: aws logs tail /aws/lambda/${functionName} --since 1d`;
  const ended =
    last === undefined
      ? 'none has ended yet'
      : `the last one ended at ${toIsoTime(last.endedMs)}, ${sayAge(nowMs - last.endedMs)} ago`;
  if (isOverdueTold) return bad(about, `${ended}: one is overdue`, log);
  if (underway !== undefined) {
    const begun = `one is under way since ${toIsoTime(underway.startedMs)}`;
    return nowMs - underway.startedMs < USUAL_MS
      ? good(about, `${begun}; ${ended}`)
      : bad(about, `${begun} and does not end; ${ended}`, log);
  }
  if (last === undefined) return bad(about, ended, log);
  const agoMs = nowMs - last.endedMs;
  if (agoMs > MOST_MS) return bad(about, ended, log);
  if (policyHash !== undefined && last.policyHash !== policyHash) {
    const seen = `${ended}, by another policy than the one that is deployed`;
    return notYet(
      about,
      seen,
      'look again in 15 minutes: the schedule begins one by the new policy',
    );
  }
  if (agoMs <= USUAL_MS) return good(about, ended);
  return notYet(about, `${ended}: right only where \`sweep.everyHours\` says so`, log);
}

/** Judges whether the event of the last sign of life came back, through trail, rule and queue. */
export function judgeHeartbeat(
  state: SweepState,
  seenMs: number | undefined,
  nowMs: number,
): Checkup {
  const about = { topic: 'heartbeat' } as const;
  const { heartbeat } = state;
  if (heartbeat === undefined) {
    return notYet(about, 'none was sent yet', 'look again after the first sweep');
  }
  const ago = `sent ${sayAge(nowMs - heartbeat.sentMs)} ago`;
  if (seenMs !== undefined && seenMs >= heartbeat.sentMs) {
    return good(about, `the last one, ${ago}, came back: changes are heard of`);
  }
  if (isHeartbeatMissing(state, seenMs, nowMs)) {
    const fix =
      'put right what is said of trail, rules, consumer and queues; the next sweep sends another';
    return bad(about, `the last one, ${ago}, did not come back: changes are not heard of`, fix);
  }
  return notYet(about, `the last one, ${ago}, is on its way`, 'look again in 15 minutes');
}

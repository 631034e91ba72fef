import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readAccount } from '../../../functions/adapters/dynamodb-budget.ts';
import { type AccountItem, isKilled, isTripped } from '../../../functions/core/account-item.ts';
import type { Trip } from '../../../functions/core/breaker.ts';
import { toIsoTime } from '../../../functions/core/iso-time.ts';
import { redact } from '../../../functions/core/redact.ts';
import { clientSettingsOf } from '../aws-access.ts';
import { counted } from '../operator/counted.ts';
import { describeAct, sayAct } from '../operator/describe-act.ts';
import { bad, type Checkup, good, off } from './checkup.ts';
import { commandOn, type TabledAccount } from './doctor-account.ts';
import { judgeFact, readFact, withClient } from './read-fact.ts';

/** Looks at what keeps the guardrail from acting: the kill switch and the breaker. */
export async function checkOperators(account: TabledAccount): Promise<readonly Checkup[]> {
  const { access, tableName, caller, nowMs } = account;
  const item = await withClient(new DynamoDBClient(clientSettingsOf(access)), (client) =>
    readFact('dynamodb:GetItem', () =>
      readAccount({ client, tableName, deployment: caller, nowMs }),
    ),
  );
  return [
    judgeFact({ topic: 'mode' }, item, (held) => judgeMode(held, account)),
    judgeFact({ topic: 'breaker' }, item, (held) => judgeBreaker(held, account)),
  ];
}

type Place = Pick<TabledAccount, 'stack' | 'tableName' | 'deployed'>;

/** Judges the mode that is in force: the lower one of what is deployed and what an operator set. */
export function judgeMode(item: AccountItem, place: Place): Checkup {
  const about = { topic: 'mode' } as const;
  const { deployed } = place;
  const { modeSet } = item;
  const who = modeSet === undefined ? '' : `; ${redact(sayAct(describeAct(modeSet)))}`;
  if (deployed?.mode === 'audit') {
    const also = isKilled(item) ? ', and so does the kill switch' : '';
    return off(
      about,
      `the deployed policy says audit${also}: violations are told, and nothing is remedied${isKilled(item) ? who : ''}`,
      'where it shall act: write `mode: enforce` into the policy, and deploy it',
    );
  }
  if (isKilled(item)) {
    const seen = `the kill switch is on: nothing is remedied${who}`;
    return bad(about, seen, commandOn(place, 'mode enforce --reason TEXT'));
  }
  return good(about, deployed === undefined ? 'no operator lowers it' : 'enforce');
}

/** Judges whether the breaker holds remediations back. */
export function judgeBreaker(item: AccountItem, place: Place): Checkup {
  const about = { topic: 'breaker' } as const;
  if (!isTripped(item)) return good(about, 'closed');
  const because = item.trip === undefined ? 'by hand' : sayTrip(item.trip);
  return bad(
    about,
    `tripped ${because}: remediations are withheld`,
    `see what is held back: ${commandOn(place, 'rescan --mode audit')}; then ${commandOn(place, 'breaker reset --reason TEXT')}, or approve some of it with ${commandOn(place, 'breaker approve --plan FILE')}`,
  );
}

function sayTrip({ reason, atMs, count, limit }: Trip): string {
  const { max, perMinutes } = limit;
  const why =
    reason === 'new-policy'
      ? `a new policy wants ${counted(count, 'remediation')} or more, and ${max} are allowed`
      : `${counted(count, 'remediation')} were wanted, and ${max} in ${counted(perMinutes, 'minute')} are allowed`;
  return `at ${toIsoTime(atMs)}, because ${why}`;
}

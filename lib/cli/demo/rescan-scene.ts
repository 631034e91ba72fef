import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../../local/start-local-account.ts';
import { clientSettings, type Place } from './people.ts';
import { bookmark, type Told, tell } from './story.ts';

const DAY_MS = 24 * 3_600_000;
const IDLE_DAYS = 14;
const SETTLE_MS = 10 * 60_000;

/** Lets two quiet weeks pass, in which functions go idle, and rescans the account as an operator would. */
export async function rescanAfterTwoWeeks(
  account: LocalAccount,
  place: Place,
  rescanFunction: string | undefined,
): Promise<Told> {
  await account.advance(IDLE_DAYS * DAY_MS);
  const since = bookmark(account.journal, account.clock.nowMs());
  if (rescanFunction === undefined) {
    return tell('two weeks pass, and nobody looks', account.journal, since);
  }
  const client = new LambdaClient(clientSettings(place));
  const answer = await client.send(
    new InvokeCommand({ FunctionName: rescanFunction, Payload: new TextEncoder().encode('{}') }),
  );
  client.destroy();
  const report = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(`the rescan failed: ${report}`);
  await account.advance(SETTLE_MS);
  const { scanned, idle, findings } = JSON.parse(report) as RescanAnswer;
  const title = `two weeks pass; an operator rescans: ${scanned} functions, ${findings.length} findings, ${idle.length} idle`;
  return tell(title, account.journal, since);
}

interface RescanAnswer {
  readonly scanned: number;
  readonly findings: readonly unknown[];
  readonly idle: readonly unknown[];
}

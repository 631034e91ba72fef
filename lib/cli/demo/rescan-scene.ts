import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../../local/start-local-account.ts';
import { clientSettings, type Place } from './people.ts';
import { CROSSROADS } from './scenes.ts';
import { bookmark, type ControlVerdict, type Told, tell } from './story.ts';
import { switchSchedules } from './sweep-schedule.ts';

const DAY_MS = 24 * 3_600_000;
const IDLE_DAYS = 14;
const SETTLE_MS = 10 * 60_000;

interface RescanAnswer {
  readonly scanned: number;
  readonly findings: readonly unknown[];
  readonly idle: readonly unknown[];
  readonly verdicts?: readonly ControlVerdict[];
}

/** Asks what each control says of one function, as an operator would. */
export async function askEveryControl(
  account: LocalAccount,
  place: Place,
  rescanFunction: string,
): Promise<Told> {
  const since = bookmark(account.journal, account.clock.nowMs());
  const request = { functions: [CROSSROADS], verdicts: true };
  const { verdicts = [] } = await rescan(place, rescanFunction, request);
  await account.advance(SETTLE_MS);
  const title = `an operator asks what each of ${verdicts.length} controls says of \`${CROSSROADS}\``;
  return { ...tell(title, account.journal, since), verdicts };
}

/** Lets two quiet weeks pass, in which functions go idle, and rescans the account as an operator would. */
export async function rescanAfterTwoWeeks(
  account: LocalAccount,
  place: Place,
  rescanFunction: string | undefined,
): Promise<Told> {
  await switchSchedules(clientSettings(place), 'DISABLED');
  await account.advance(IDLE_DAYS * DAY_MS);
  const since = bookmark(account.journal, account.clock.nowMs());
  if (rescanFunction === undefined) {
    return tell('two weeks pass, and nobody looks', account.journal, since);
  }
  const { scanned, idle, findings } = await rescan(place, rescanFunction, {});
  await account.advance(SETTLE_MS);
  await switchSchedules(clientSettings(place), 'ENABLED');
  const title = `two weeks pass; an operator rescans: ${scanned} functions, ${findings.length} findings, ${idle.length} idle`;
  return tell(title, account.journal, since);
}

async function rescan(place: Place, FunctionName: string, request: object): Promise<RescanAnswer> {
  const client = new LambdaClient(clientSettings(place));
  const Payload = new TextEncoder().encode(JSON.stringify(request));
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
  client.destroy();
  const report = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(`the rescan failed: ${report}`);
  return JSON.parse(report) as RescanAnswer;
}

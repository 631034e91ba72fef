import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../../local/start-local-account.ts';
import { clientSettings, type Place } from './people.ts';
import { CROSSROADS } from './scenes.ts';
import { bookmark, type ControlVerdict, type Told, tell } from './story.ts';
import { switchSchedules } from './sweep-schedule.ts';

const DAY_MS = 24 * 3_600_000;
const IDLE_DAYS = 14;
const SETTLE_MS = 10 * 60_000;
const TICK_MS = 15 * 60_000;

interface Report {
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

/** Lets two quiet weeks pass, in which functions go idle, and the sweep after them find it. */
export async function sweepAfterTwoWeeks(
  account: LocalAccount,
  place: Place,
  isGuarded: boolean,
): Promise<Told> {
  await switchSchedules(clientSettings(place), 'DISABLED');
  await account.advance(IDLE_DAYS * DAY_MS);
  const since = bookmark(account.journal, account.clock.nowMs());
  await switchSchedules(clientSettings(place), 'ENABLED');
  await account.advance(TICK_MS + SETTLE_MS);
  const title = isGuarded
    ? 'two weeks pass; the next sweep looks at every function, and tells what stands in one digest'
    : 'two weeks pass, and nobody looks';
  return tell(title, account.journal, since);
}

/** Asks for a rescan of every function, as an operator would. */
export async function rescanEverything(
  account: LocalAccount,
  place: Place,
  rescanFunction: string,
): Promise<Told> {
  const since = bookmark(account.journal, account.clock.nowMs());
  const { scanned, idle, findings } = await rescan(place, rescanFunction, {});
  await account.advance(SETTLE_MS);
  const title = `an operator rescans: ${scanned} functions, ${findings.length} findings, ${idle.length} idle`;
  return tell(title, account.journal, since);
}

async function rescan(place: Place, FunctionName: string, request: object): Promise<Report> {
  const client = new LambdaClient(clientSettings(place));
  const Payload = new TextEncoder().encode(JSON.stringify(request));
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
  client.destroy();
  const report = new TextDecoder().decode(answer.Payload);
  if (answer.FunctionError !== undefined) throw new Error(`the rescan failed: ${report}`);
  return JSON.parse(report) as Report;
}

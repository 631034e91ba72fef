import type { ReportedVerdict, RescanReport } from '../../functions/core/rescan-report.ts';
import type { JournaledCall } from '../../lib/local/journal.ts';
import type { DeployedAccount } from './deployed-account.ts';

/** What a rescan answers to an operator. */
export type Report = RescanReport & {
  readonly apiCalls: number;
  readonly durationMs: number;
};

/** Invokes the deployed rescan, and throws where it fails. */
export async function askForRescan(
  { invoke }: Pick<DeployedAccount, 'invoke'>,
  request: object = {},
): Promise<Report> {
  const { error, payload } = await invoke('lambda-vpc-guardrail-rescan-on-request', request);
  if (error !== undefined) throw new Error(`the rescan failed: ${JSON.stringify(payload)}`);
  return payload as Report;
}

/** What one control said of one function that the request named. */
export function verdictOn(
  { verdicts = [] }: Pick<RescanReport, 'verdicts'>,
  name: string,
  control: string,
): Pick<ReportedVerdict, 'verdict' | 'reason'> {
  const found = verdicts.find(
    ({ functionArn, controlId }) => controlId === control && functionArn.endsWith(`:${name}`),
  );
  if (found === undefined) throw new Error(`the rescan does not say ${control} of \`${name}\``);
  const { verdict, reason } = found;
  return { verdict, ...(reason === undefined ? {} : { reason }) };
}

/** Counts calls by service and operation; those that describe a network are counted as one. */
export function countCalls(calls: readonly JournaledCall[]): Readonly<Record<string, number>> {
  const groups = Object.groupBy(calls, ({ service, operation }) =>
    service === 'ec2' ? 'ec2 Describe' : `${service} ${operation}`,
  );
  return Object.fromEntries(Object.entries(groups).map(([name, made = []]) => [name, made.length]));
}

import { isDenied } from '../../../functions/adapters/aws-errors.ts';
import type { Fact, InterfaceFacts } from '../../../functions/core/facts.ts';
import type { Finding } from '../../../functions/core/finding.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { InterfaceReport } from '../../../functions/core/interface-report.ts';
import type { Look } from '../../../functions/core/look.ts';
import type { NetworkFacts } from '../../../functions/core/network.ts';
import { newRecord } from '../../../functions/core/record.ts';
import { judgeInterfaces } from '../../../functions/workflows/judge-interfaces.ts';
import { type ListedGroup, listGroups, toSeen } from '../../../functions/workflows/list-groups.ts';
import { openSweep } from '../../../functions/workflows/open-sweep.ts';
import { readInterfaces } from '../../../functions/workflows/read-interfaces.ts';
import type { Settings } from '../../../functions/workflows/settings.ts';
import { sweepFunction } from '../../../functions/workflows/sweep-function.ts';
import type { Sweep } from '../../../functions/workflows/sweep-functions.ts';
import type { SweepPorts } from '../../../functions/workflows/sweep-ports.ts';
import { findSharing } from './find-sharing.ts';
import type { LiveSharing } from './live.ts';

/** What is looked at, and how far around it. */
export interface Wanted {
  readonly functionArn: string;
  /** Leaves the other functions of the account unlisted. */
  readonly isQuick: boolean;
  /** Told after each function how many were listed. */
  readonly onListed: (count: number) => void;
}

/** One function as a sweep would see it. */
export interface Looked {
  /** Absent where it is gone, and where it could not be read. */
  readonly look?: Look;
  /** Why it could not be read. */
  readonly unread?: string;
  /** Every control's, those of the whole account included. */
  readonly findings: readonly Finding[];
  readonly network: Fact<NetworkFacts>;
  readonly met: Sweep['met'];
  readonly sharing?: LiveSharing;
  /** All functions of the account were listed, and it is not among them. */
  readonly isMissing: boolean;
  /** Why the functions of the account could not be listed. */
  readonly unlisted?: string;
}

const NOT_LISTED = 'the other functions of the account were not listed';

/** Looks at one function as a sweep would, which needs the list of all for what they share. */
export async function lookLive(
  wanted: Wanted,
  ports: SweepPorts,
  settings: Settings,
): Promise<Looked> {
  const { functionArn, isQuick } = wanted;
  const request = { functions: [functionArn], mode: 'audit', wake: true, verdicts: true } as const;
  const sweep = await openSweep(request, ports, settings);
  const listed: Listed = isQuick
    ? { unlisted: NOT_LISTED }
    : await listOthers(wanted, sweep, ports);
  const group = listed.group ?? (await unlistedGroup(functionArn, ports));
  const { look, report } = await sweepFunction(group, sweep, ports, settings);
  const seen = {
    network: sweep.network.fact,
    met: sweep.met,
    isMissing: listed.group === undefined && listed.unlisted === undefined,
    ...(isQuick || listed.unlisted === undefined ? {} : { unlisted: listed.unlisted }),
  };
  if (look === undefined) {
    const unread = report.unknown?.join('; ');
    return { ...seen, findings: [], ...(unread === undefined ? {} : { unread }) };
  }
  const shared = await readShared(
    look,
    { group, sweep, unlisted: listed.unlisted },
    { ports, settings },
  );
  const { interfaces, ...sharing } = shared;
  const added = judgeInterfaces(look, { interfaces, met: sweep.met }, settings);
  return { ...seen, look, findings: [...look.findings, ...added], ...sharing };
}

interface Listed {
  /** Absent where it is not in the list. */
  readonly group?: ListedGroup;
  readonly unlisted?: string | undefined;
}

/** Puts all functions but one into the map of interfaces, and answers that one. */
async function listOthers(
  { functionArn, onListed }: Wanted,
  { withVersions, seen, interfaces }: Sweep,
  ports: SweepPorts,
): Promise<Listed> {
  const isWanted = (arn: string) => arn === functionArn;
  const found: ListedGroup[] = [];
  try {
    for await (const group of listGroups({ withVersions, seen, isWanted }, ports)) {
      onListed(seen.size);
      if (isWanted(group.functionArn)) found.push(group);
      else addTo(interfaces, group);
    }
  } catch (error) {
    if (!(error instanceof GuardrailError && isDenied(error.cause))) throw error;
    return { unlisted: error.message };
  }
  const [group] = found;
  return group === undefined ? {} : { group };
}

/** A list may be late, and a caller may not be allowed to read it: the function itself is asked for. */
async function unlistedGroup(
  functionArn: string,
  { readRecords }: SweepPorts,
): Promise<ListedGroup> {
  const known = (await readRecords([functionArn])).get(functionArn) ?? newRecord(functionArn);
  return { functionArn, versions: [], known };
}

interface Means {
  readonly ports: SweepPorts;
  readonly settings: Settings;
}

interface Shared {
  readonly interfaces: Fact<InterfaceFacts>;
  readonly sharing?: LiveSharing;
}

async function readShared(
  { snapshot }: Look,
  { group, sweep, unlisted }: Listed & { readonly group: ListedGroup; readonly sweep: Sweep },
  { ports, settings }: Means,
): Promise<Shared> {
  const { attachment, functionArn } = snapshot;
  const { vpcId } = attachment;
  if (unlisted !== undefined || vpcId === undefined) {
    return { interfaces: { unknown: unlisted ?? NOT_LISTED } };
  }
  const others = findSharing(attachment, sweep.interfaces.subnetsOf(vpcId));
  addTo(sweep.interfaces, group);
  if (group.latest === undefined) sweep.interfaces.add(functionArn, attachment);
  const { factsOf, reports } = await readInterfaces(sweep, ports, settings);
  const report = reports.find((one) => one.vpcId === vpcId);
  return {
    interfaces: factsOf(vpcId) ?? { unknown: NOT_LISTED },
    sharing: { subnets: others, ...quotaOf(report) },
  };
}

function addTo(interfaces: Sweep['interfaces'], group: ListedGroup): void {
  for (const attachment of toSeen(group).attachments) {
    interfaces.add(group.functionArn, attachment);
  }
}

function quotaOf(
  report: Pick<InterfaceReport, 'interfaces' | 'quota'> | undefined,
): Pick<LiveSharing, 'interfacesInVpc' | 'quota'> {
  const { interfaces = 0, quota } = report ?? {};
  return { interfacesInVpc: interfaces, ...(quota === undefined ? {} : { quota }) };
}

import { createHash } from 'node:crypto';
import type { Attachment } from '../../functions/core/attachment.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import { createInterfaceMap } from '../../functions/core/interface-map.ts';
import type { InterfaceReport } from '../../functions/core/interface-report.ts';
import type {
  Report,
  ReportedFunction,
  ReportedNetwork,
  ReportedSubnet,
  Standing,
  SubnetEgress,
} from '../../lib/cli/report/report.ts';

/** Where the samples are. */
export const SAMPLE_HOME = { account: '123456789012', region: 'us-east-1' };

/** The ARN of a function of the samples. */
export function sampleArn(name: string): string {
  return `arn:aws:lambda:${SAMPLE_HOME.region}:${SAMPLE_HOME.account}:function:${name}`;
}

/** An id as AWS writes it, the same for the same number. */
export function sampleId(kind: string, number: number): string {
  return `${kind}-0${createHash('sha256').update(`${kind} ${number}`).digest('hex').slice(0, 16)}`;
}

/** A subnet of the samples. */
export function subnetOf(
  number: number,
  zone: string,
  egress: SubnetEgress,
  given: Partial<ReportedSubnet> = {},
): ReportedSubnet {
  return {
    subnetId: sampleId('subnet', number),
    zone: `${SAMPLE_HOME.region}${zone}`,
    freeAddresses: 251 - ((number * 37) % 190),
    isDualStack: false,
    isShared: false,
    egress,
    targets: [],
    ...given,
  };
}

/** An attachment to subnets of a network, by their places in it. */
export function attachmentTo(
  { vpcId, subnets }: ReportedNetwork,
  places: readonly number[],
  groups: readonly number[],
): Attachment {
  return {
    vpcId,
    subnetIds: places.flatMap((place) => subnets[place]?.subnetId ?? []).toSorted(),
    securityGroupIds: groups.map((group) => sampleId('sg', group)).toSorted(),
    ipv6AllowedForDualStack: false,
  };
}

/** A finding of the samples. */
export function sampleFinding(
  name: string,
  attachment: Attachment,
  given: Partial<ReportedFinding> & Pick<ReportedFinding, 'controlId' | 'severity' | 'reason'>,
): ReportedFinding {
  return {
    id: `${name}-${given.controlId}`,
    functionArn: sampleArn(name),
    verdict: 'violation',
    attachment,
    remediation: 'none',
    observedAt: '2026-11-22T09:14:07.000Z',
    ...given,
  };
}

/** A function of the samples, which stands as its findings say. */
export function sampleFunction(
  name: string,
  attachment: Attachment,
  { findings, ...given }: Partial<ReportedFunction> & { findings: readonly ReportedFinding[] },
): ReportedFunction {
  return {
    functionArn: sampleArn(name),
    standing: standingOf(findings.filter(({ functionArn }) => functionArn === sampleArn(name))),
    ...(attachment === DETACHED ? {} : { attachment }),
    state: 'Active',
    ...given,
  };
}

/** The interfaces that functions need, as a scan reports them. */
export function interfacesOf(
  functions: readonly ReportedFunction[],
  networks: readonly ReportedNetwork[],
  quotas: Readonly<Record<string, number>>,
): readonly InterfaceReport[] {
  const map = createInterfaceMap();
  const subnets = new Map(networks.flatMap((one) => one.subnets.map((sub) => [sub.subnetId, sub])));
  for (const { functionArn, attachment } of functions) {
    if (attachment !== undefined) map.add(functionArn, attachment);
  }
  return map.vpcIds().map((vpcId) => {
    const { combinations, couldShare } = map.factsOf(vpcId, 0);
    const quota = quotas[vpcId];
    return {
      vpcId,
      interfaces: combinations,
      ...(quota === undefined
        ? { unknownQuota: 'could not read the quota: AccessDenied' }
        : { quota }),
      couldShare,
      subnets: map.subnetsOf(vpcId).map(({ subnetId, sets }) => {
        const { zone, freeAddresses } = subnets.get(subnetId) ?? {};
        return zone === undefined || freeAddresses === undefined
          ? { subnetId, sets }
          : { subnetId, zone, freeAddresses, sets };
      }),
    };
  });
}

/** Counts what the lists of a report hold. */
export function countedReport(
  given: Pick<Report, 'findings' | 'interfaces' | 'idle' | 'remediations' | 'unknown'>,
  scan: NonNullable<Report['scan']>,
): Report {
  const compliant = scan.functions.filter(({ standing }) => standing === 'compliant').length;
  return { reportId: 'scan-2026-11-22', scanned: scan.functions.length, compliant, ...given, scan };
}

function standingOf(findings: readonly ReportedFinding[]): Standing {
  if (findings.length === 0) return 'compliant';
  const open = findings.filter(({ exemption }) => exemption === undefined);
  if (open.length === 0) return 'exempt';
  return open.some(({ verdict }) => verdict === 'violation') ? 'violation' : 'unknown';
}

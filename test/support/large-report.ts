import type { Attachment } from '../../functions/core/attachment.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import type { HistoryEvent } from '../../functions/core/history.ts';
import type { Report, ReportedNetwork, ReportedRemediation } from '../../lib/cli/report/report.ts';
import {
  attachmentTo,
  countedReport,
  interfacesOf,
  SAMPLE_HOME,
  sampleArn,
  sampleFinding,
  sampleFunction,
  sampleId,
  subnetOf,
} from './sample-parts.ts';

const FUNCTIONS = 10_000;
const VPCS = 24;
const ZONES = ['a', 'b', 'c'];
const TEAMS = ['payments', 'orders', 'growth', 'data', 'platform', 'search', 'mobile', 'risk'];
const DUTIES = ['api', 'worker', 'ingest', 'export', 'notify', 'resize', 'sync', 'report', 'audit'];

const VIOLATIONS = [
  ['LVG.1', 'high', 'is not among the approved subnets', 'revert'],
  [
    'LVG.3',
    'critical',
    'is public: its route table sends 0.0.0.0/0 to an internet gateway',
    'none',
  ],
  ['LVG.6', 'low', 'is the only one: the policy wants 2 Availability Zones', 'none'],
  ['LVG.10', 'medium', 'has 3 free addresses, and the policy wants 8', 'none'],
  ['LVG.7', 'high', 'cannot be left: its role may not `ec2:DeleteNetworkInterface`', 'none'],
] as const;

const EVENTS: readonly (readonly [HistoryEvent, string])[] = [
  ['violation', ''],
  ['decided', 'revert'],
  ['landed', 'revert'],
  ['landed', 'quarantine'],
  ['withheld', 'revert'],
  ['failed', 'revert'],
  ['resolved', ''],
];

/** A scan of an account with ten thousand functions, of which nearly a quarter has findings. */
export function largeReport(): Report {
  const networks = Array.from({ length: VPCS }, (_, index) => networkOf(index));
  const members = Array.from({ length: FUNCTIONS }, (_, index) => memberOf(index, networks));
  const findings = members.flatMap(findingsOf);
  const byArn = Map.groupBy(findings, ({ functionArn }) => functionArn);
  const functions = members
    .map(({ name, owner, attachment }) =>
      sampleFunction(name, attachment, { owner, findings: byArn.get(sampleArn(name)) ?? [] }),
    )
    .toSorted((left, right) => (left.functionArn < right.functionArn ? -1 : 1));
  const quotas = Object.fromEntries(networks.map(({ vpcId }, at) => [vpcId, at < 2 ? 30 : 500]));
  return {
    ...countedReport(
      {
        findings,
        interfaces: interfacesOf(functions, networks, quotas),
        idle: members
          .filter((_, index) => index % 40 === 7)
          .map(({ name }, index) => ({
            functionArn: sampleArn(name),
            isListed: index % 3 === 0,
            canWake: 'yes',
            toWake: 'List it under `idle.wake`, or invoke it once',
            lastInvokedAt: `2026-0${1 + (index % 9)}-11`,
          })),
        remediations: [],
        unknown: [],
      },
      {
        ...SAMPLE_HOME,
        observedAt: '2026-11-22T09:14:07.000Z',
        policy: { file: 'guardrail.yaml', hash: '9f2b6c0e51d4a87733aa', mode: 'enforce' },
        notSeen: [],
        functions,
        networks,
        timeline: Array.from({ length: 2_000 }, (_, index) => happeningOf(index, members)),
      },
    ),
    apiCalls: 10_431,
    durationMs: 148_200,
  };
}

interface Member {
  readonly name: string;
  readonly owner: string;
  readonly attachment: Attachment;
}

function networkOf(index: number): ReportedNetwork {
  const natGatewayId = sampleId('nat', 100 + index);
  const first = 1_000 + index * 20;
  const subnets = [
    ...ZONES.map((zone, at) => subnetOf(first + at, zone, 'internet-gateway')),
    ...ZONES.map((zone, at) => subnetOf(first + 3 + at, zone, 'nat', { targets: [natGatewayId] })),
    ...ZONES.map((zone, at) => subnetOf(first + 6 + at, zone, 'none')),
  ];
  return {
    vpcId: sampleId('vpc', 100 + index),
    isDedicated: index === 5,
    subnets,
    natGateways: [
      {
        natGatewayId,
        subnetId: subnets[0]?.subnetId ?? '',
        isPublic: true,
        state: index === 7 ? 'failed' : 'available',
      },
    ],
    endpoints: [],
  };
}

function memberOf(index: number, networks: readonly ReportedNetwork[]): Member {
  const owner = TEAMS[index % TEAMS.length] ?? '';
  const name = `${owner}-${DUTIES[index % DUTIES.length]}-${String(index).padStart(5, '0')}`;
  // Small numbers come up more often, as big VPCs do.
  const network = networks[Math.floor((((index * 7919) % 1_000) ** 2 / 1_000_000) * VPCS)];
  if (network === undefined || index % 9 === 4) return { name, owner, attachment: DETACHED };
  const tier = index % 17 === 3 ? 0 : index % 5 === 1 ? 6 : 3;
  const places = index % 13 === 5 ? [tier] : [tier, tier + 1, tier + 2];
  return { name, owner, attachment: attachmentTo(network, places, [100 + (index % 7)]) };
}

function findingsOf({ name, attachment }: Member, index: number): readonly ReportedFinding[] {
  if (attachment.vpcId === undefined) return [];
  const kinds = [
    ...(index % 17 === 3 ? [0, 1] : []),
    ...(index % 13 === 5 ? [2, 3] : []),
    ...(index % 23 === 2 ? [4] : []),
    ...(index % 31 === 8 ? [3] : []),
  ];
  return kinds.flatMap((kind) => {
    const [controlId, severity, words, remediation] = VIOLATIONS[kind] ?? VIOLATIONS[0];
    const reason = `subnet \`${attachment.subnetIds[0]}\` ${words}`;
    const exemption = { owner: 'risk', reason: 'accepted for the quarter', expires: '2026-12-31' };
    return sampleFinding(name, attachment, {
      controlId,
      severity,
      reason,
      remediation,
      ...(index % 11 === 6 ? { exemption } : {}),
      ...(index % 29 === 1 ? { verdict: 'unknown' as const } : {}),
    });
  });
}

function happeningOf(index: number, members: readonly Member[]): ReportedRemediation {
  const [event, remediation] = EVENTS[index % EVENTS.length] ?? ['violation', ''];
  const at = Date.UTC(2026, 10, 8) + index * 604_000 + ((index * 7919) % 3_600) * 1_000;
  return {
    at: new Date(at).toISOString(),
    functionArn: sampleArn(members[(index * 131) % members.length]?.name ?? ''),
    event,
    why: 'its subnets are public',
    controlIds: ['LVG.1'],
    ...(remediation === '' ? {} : { remediation }),
  };
}

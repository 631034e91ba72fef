import { type Attachment, DETACHED } from '../../functions/core/attachment.ts';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import type { IdleFunction } from '../../functions/core/idle-function.ts';
import type { Report, ReportedRemediation } from '../../lib/cli/report/report.ts';
import {
  countedReport,
  interfacesOf,
  SAMPLE_HOME,
  sampleArn,
  sampleFinding,
  sampleFunction,
} from './sample-parts.ts';
import {
  FOREIGN,
  INTERNET,
  ISOLATED,
  LEGACY,
  NETWORKS,
  OLD,
  ONE_ZONE,
  PRIVATE,
  PRIVATE_TWO,
  PRODUCTION,
  PUBLIC,
  TRANSIT,
} from './sample-places.ts';

const PLACES: readonly (readonly [owner: string, attachment: Attachment, names: string])[] = [
  ['payments', PRIVATE, 'pay-authorize pay-capture pay-refund pay-webhook pay-reconcile'],
  ['payments', PRIVATE_TWO, 'pay-ledger-export pay-ledger-import'],
  ['payments', ISOLATED, 'pay-tokenize pay-vault-rotate'],
  ['orders', PRIVATE, 'orders-api orders-events orders-search-index orders-archive'],
  ['orders', PUBLIC, 'orders-partner-callback'],
  ['growth', PUBLIC, 'campaign-landing campaign-pixel'],
  ['data', ONE_ZONE, 'nightly-rollup nightly-snapshot'],
  ['data', ISOLATED, 'data-lake-writer data-lake-compactor data-quality-check'],
  ['data', TRANSIT, 'erp-bridge erp-stock-sync'],
  ['platform', FOREIGN, 'audit-forwarder log-shipper config-recorder'],
  ['platform', PRIVATE, 'cert-renewal image-resizer thumbnailer mailer'],
  ['legacy', OLD, 'legacy-invoice-pdf legacy-fax-gateway legacy-report'],
  ['growth', DETACHED, 'newsletter-opt-in short-links referral-codes'],
  ['platform', DETACHED, 'slack-bot status-page dns-updater'],
  ['', DETACHED, 'test-joe-delete-me'],
];

const DEPLOYER = {
  principalArn: 'arn:aws:iam::123456789012:role/growth-deploy',
  accountId: SAMPLE_HOME.account,
  sessionName: 'github-actions',
};
const MIGRATION = {
  owner: 'legacy',
  reason: 'moves to the shared VPC with the March release',
  expires: '2027-03-31',
};
const DENIED_BY = 'policies/enforce-vpc.json#ApprovedNetworksOnly';
const PUBLIC_REASON = `subnet \`${PUBLIC.subnetIds[0]}\` is public: its route table sends 0.0.0.0/0 to ${INTERNET}`;
const NO_VPC = 'it is in no VPC, and the statement asks for one of the approved VPCs';

/** An account with three VPCs, and a function for each way to stand. */
const FINDINGS: readonly ReportedFinding[] = [
  ...['campaign-landing', 'campaign-pixel', 'orders-partner-callback'].flatMap((name) => [
    sampleFinding(name, PUBLIC, {
      controlId: 'LVG.1',
      severity: 'critical',
      reason: `\`lambda:SubnetIds\` has \`${PUBLIC.subnetIds[0]}\`, which is not among the approved subnets`,
      statement: DENIED_BY,
      baseline: PRIVATE,
      actor: DEPLOYER,
      remediation: 'revert',
    }),
    sampleFinding(name, PUBLIC, { controlId: 'LVG.3', severity: 'high', reason: PUBLIC_REASON }),
  ]),
  sampleFinding('test-joe-delete-me', DETACHED, {
    controlId: 'LVG.1',
    severity: 'critical',
    reason: NO_VPC,
    statement: DENIED_BY,
    actor: { principalArn: 'arn:aws:iam::123456789012:user/joe' },
    remediation: 'quarantine',
  }),
  ...['nightly-rollup', 'nightly-snapshot'].map((name) =>
    sampleFinding(name, ONE_ZONE, {
      controlId: 'LVG.6',
      severity: 'low',
      reason: 'its subnets are in 1 Availability Zone (us-east-1c), and the policy wants 2',
    }),
  ),
  sampleFinding('nightly-rollup', ONE_ZONE, {
    controlId: 'LVG.10',
    severity: 'medium',
    reason: `subnet \`${ONE_ZONE.subnetIds[0]}\` has 6 free addresses, and the policy wants 8`,
  }),
  ...['audit-forwarder', 'log-shipper', 'config-recorder'].map((name) =>
    sampleFinding(name, FOREIGN, {
      controlId: 'LVG.4',
      severity: 'medium',
      verdict: 'unknown',
      reason: 'its subnets belong to another account, whose routes cannot be seen',
    }),
  ),
  ...['legacy-invoice-pdf', 'legacy-fax-gateway', 'legacy-report'].map((name) =>
    sampleFinding(name, OLD, {
      controlId: 'LVG.2',
      severity: 'high',
      reason: `VPC \`${OLD.vpcId}\` has dedicated tenancy, to which functions cannot be connected`,
      ...(name === 'legacy-report' ? {} : { exemption: MIGRATION }),
    }),
  ),
  sampleFinding('pay-vault-rotate', ISOLATED, {
    controlId: 'LVG.5',
    severity: 'medium',
    reason:
      'secretsmanager is not reachable: its endpoint is `pending`, and there is no NAT gateway',
  }),
  sampleFinding('orders-archive', PRIVATE, {
    controlId: 'LVG.12',
    severity: 'low',
    reason: 'it is `Inactive`: AWS has reclaimed its network interfaces (`Idle`)',
    remediation: 'wake',
  }),
  sampleFinding('erp-bridge', TRANSIT, {
    controlId: 'LVG.7',
    severity: 'high',
    reason: 'role `erp-bridge-role` may not `ec2:DeleteNetworkInterface`: no statement allows it',
  }),
];

const IDLE: readonly IdleFunction[] = [
  {
    functionArn: sampleArn('orders-archive'),
    isListed: true,
    canWake: 'yes',
    toWake: 'Nothing: it is listed under `idle.wake`, so the next sweep or rescan has it woken',
    lastInvokedAt: '2026-11-02',
  },
  {
    functionArn: sampleArn('erp-stock-sync'),
    isListed: false,
    canWake: 'no',
    whyNot: 'LVG.7: role `erp-bridge-role` may not `ec2:CreateNetworkInterface`',
    toWake: 'Give its execution role the managed policy AWSLambdaVPCAccessExecutionRole',
    lastInvokedAt: '2026-08-19',
  },
  {
    functionArn: sampleArn('thumbnailer'),
    version: '14',
    aliases: ['blue'],
    isListed: false,
    canWake: 'unknown',
    whyNot: 'could not read the quota of its VPC: AccessDenied',
    toWake: 'Invoke it once',
  },
];

const TIMELINE: readonly ReportedRemediation[] = (
  [
    ['11-18T07:02', 'orders-archive', 'done', 'wake', 'it is idle and listed', 'LVG.12'],
    ['11-18T07:06', 'orders-archive', 'landed', 'wake', 'AWS runs it again', 'LVG.12'],
    ['11-19T13:40', 'pay-webhook', 'violation', '', 'its subnets are public', 'LVG.1'],
    ['11-19T13:40', 'pay-webhook', 'decided', 'revert', 'its baseline passes the policy', 'LVG.1'],
    ['11-19T13:42', 'pay-webhook', 'landed', 'revert', 'AWS runs the baseline', 'LVG.1'],
    ['11-19T13:42', 'pay-webhook', 'resolved', '', 'it is compliant again', 'LVG.1'],
    ['11-20T16:11', 'short-links', 'decided', 'quarantine', 'it has no good baseline', 'LVG.1'],
    ['11-20T16:11', 'short-links', 'landed', 'quarantine', 'reserved concurrency is 0', 'LVG.1'],
    ['11-20T18:30', 'short-links', 'landed', 'release', 'it is compliant again', 'LVG.1'],
    ['11-21T09:15', 'legacy-report', 'refused', 'revert', 'the security group is gone', 'LVG.2'],
    ['11-21T22:48', 'campaign-pixel', 'withheld', 'revert', 'the breaker has tripped', 'LVG.1'],
    ['11-22T08:57', 'campaign-landing', 'violation', '', 'its subnets are public', 'LVG.1'],
    ['11-22T08:57', 'campaign-landing', 'withheld', 'revert', 'the breaker has tripped', 'LVG.1'],
  ] as const
).map(([at, name, event, remediation, why, controlId]) => ({
  at: `2026-${at}:00.000Z`,
  functionArn: sampleArn(name),
  event,
  why,
  controlIds: [controlId],
  ...(remediation === '' ? {} : { remediation }),
  ...(name.startsWith('campaign') ? { who: DEPLOYER } : {}),
}));

/** A scan of an account with three VPCs, and a function for each way to stand. */
export function smallReport(): Report {
  const findings = FINDINGS;
  const functions = PLACES.flatMap(([owner, attachment, names]) =>
    names.split(' ').map((name) =>
      sampleFunction(name, attachment, {
        findings,
        ...(owner === '' ? {} : { owner }),
        ...(IDLE.some((idle) => idle.functionArn === sampleArn(name)) ? { state: 'Inactive' } : {}),
        ...(name === 'test-joe-delete-me' ? { isStopped: true } : {}),
      }),
    ),
  ).toSorted((left, right) => (left.functionArn < right.functionArn ? -1 : 1));
  return {
    ...countedReport(
      {
        findings,
        idle: IDLE,
        interfaces: interfacesOf(functions, NETWORKS, {
          [PRODUCTION.vpcId]: 500,
          [LEGACY.vpcId]: 1,
        }),
        remediations: [
          {
            id: 'r-1',
            functionArn: sampleArn('campaign-landing'),
            planned: 'revert',
            isCounted: true,
          },
          {
            id: 'r-2',
            functionArn: sampleArn('test-joe-delete-me'),
            planned: 'quarantine',
            isCounted: true,
          },
        ],
        unknown: [
          {
            functionArn: sampleArn('erp-bridge'),
            reason: 'could not read its published versions: AccessDenied',
          },
        ],
      },
      {
        ...SAMPLE_HOME,
        observedAt: '2026-11-22T09:14:07.000Z',
        policy: { file: 'guardrail.yaml', hash: '9f2b6c0e51d4a87733aa', mode: 'enforce' },
        notSeen: [
          {
            what: 'lambda:GetFunction',
            because: 'the caller is not allowed to',
            so: 'tags were not read: exemptions by tag count as not given, and owners are missing where only a tag names them',
          },
          {
            what: 'servicequotas:GetServiceQuota',
            because: 'AccessDenied',
            so: 'the quota of one VPC is unknown',
          },
        ],
        functions,
        networks: NETWORKS,
        timeline: TIMELINE,
        regions: [
          { region: 'eu-west-1', functions: 112 },
          { region: 'us-east-1', functions: functions.length },
          { region: 'us-west-2', functions: 0 },
          { region: 'ap-southeast-2', because: 'lambda:ListFunctions is denied by an SCP' },
        ],
      },
    ),
    apiCalls: 96,
    durationMs: 4_180,
  };
}

/** What a rescan answers of the same account: it knows findings, and no network. */
export function rescanAnswer(): Report {
  const { scan: _, ...answer } = smallReport();
  return { ...answer, reportId: 'rescan-7f3a' };
}

import type { Attachment } from '../../functions/core/attachment.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import type { ChangeEvent } from '../../functions/core/change-event.ts';
import { accessDocumentsAllow } from '../../functions/core/controls/access-documents-allow.ts';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Look } from '../../functions/core/look.ts';
import type { Notice } from '../../functions/core/notice.ts';
import type { CompiledPolicy, ControlSettings } from '../../functions/core/policy.ts';
import {
  type AttachmentOrigin,
  type FunctionRecord,
  type Intent,
  newRecord,
  type OpenViolation,
} from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { documentsOf } from './access-documents.ts';
import { policyOf } from './compiled-policy.ts';
import { fakeSnapshot } from './fake-functions.ts';

/** The function that most tests are about. */
export const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';

/** Who attaches functions in tests. */
export const DEPLOYER = 'arn:aws:iam::123456789012:role/deploy';

/** When tests happen. */
export const NOW_MS = Date.UTC(2026, 10, 22, 9);

/** Attachments by name: the policy of {@link enforcingPolicy} allows the two approved ones. */
export const ATTACHMENTS = {
  approved: attachmentIn('vpc-1', ['subnet-1', 'subnet-2']),
  alsoApproved: attachmentIn('vpc-1', ['subnet-3']),
  forbidden: attachmentIn('vpc-9', ['subnet-9']),
  alsoForbidden: attachmentIn('vpc-8', ['subnet-8']),
  detached: DETACHED,
} as const satisfies Record<string, Attachment>;

/** The name of one of {@link ATTACHMENTS}. */
export type AttachmentName = keyof typeof ATTACHMENTS;

function attachmentIn(vpcId: string, subnetIds: readonly string[]): Attachment {
  return {
    vpcId,
    subnetIds,
    securityGroupIds: [vpcId.replace('vpc', 'sg')],
    ipv6AllowedForDualStack: false,
  };
}

/** A settled function in the approved network, but for what is given. */
export function snapshotOf(given: Partial<FunctionSnapshot> = {}): FunctionSnapshot {
  return fakeSnapshot({
    functionArn: ARN,
    revisionId: 'revision-1',
    attachment: ATTACHMENTS.approved,
    ...given,
  });
}

/** An attachment that was set by {@link DEPLOYER}. */
export function originOf(name: AttachmentName, given: Partial<AttachmentOrigin> = {}) {
  return {
    attachment: ATTACHMENTS[name],
    call: 'UpdateFunctionConfiguration',
    principalArn: DEPLOYER,
    ...given,
  } as const satisfies AttachmentOrigin;
}

/** A record that was written before, but for what is given. */
export function recordOf(given: Partial<FunctionRecord> = {}): FunctionRecord {
  return { ...newRecord(ARN), version: 7, changedAtMs: NOW_MS - 3_600_000, ...given };
}

/** The record of a function with a baseline, at which it is. */
export function settledRecord(given: Partial<FunctionRecord> = {}): FunctionRecord {
  const { role } = snapshotOf();
  const baseline = originOf('approved');
  return recordOf({ current: { ...baseline, role }, baseline, judgedBy: 'test', ...given });
}

/** A change of the attachment by {@link DEPLOYER}, as CloudTrail proves it. */
export function changeOf(
  name: AttachmentName = 'forbidden',
  given: Partial<ChangeEvent> = {},
): ChangeEvent {
  const attachment = ATTACHMENTS[name];
  const claim = { attachment, role: snapshotOf().role, revisionId: 'revision-1' };
  return {
    eventId: 'event-1',
    eventName: 'UpdateFunctionConfiguration20150331v2',
    kind: 'configuration',
    eventTimeMs: NOW_MS - 5_000,
    functionArn: ARN,
    actor: { principalArn: DEPLOYER, sessionName: 'pipeline-7' },
    isAttachmentRequested: true,
    ...(name === 'detached' ? {} : { claim }),
    ...given,
  };
}

/** A violation of LVG.1 that stands. */
export function violationOf(given: Partial<OpenViolation> = {}): OpenViolation {
  return {
    id: 'violation-1',
    key: 'subnet-9|sg-9|false|LVG.1',
    controlIds: ['LVG.1'],
    sinceMs: NOW_MS - 5_000,
    eventId: 'event-1',
    actor: { principalArn: DEPLOYER, sessionName: 'pipeline-7' },
    cause: 'change',
    causes: { 'LVG.1': 'change' },
    conflicts: 0,
    refused: [],
    quarantines: 0,
    isTold: false,
    ...given,
  };
}

/** A revert to the approved network that is written down. */
export function revertIntent(given: Partial<Intent> = {}): Intent {
  return {
    ...COMMON_INTENT,
    kind: 'revert',
    target: originOf('approved'),
    undo: { attachment: ATTACHMENTS.forbidden },
    ...given,
  } as Intent;
}

/** A quarantine that is written down. */
export function quarantineIntent(given: Partial<Intent> = {}): Intent {
  return { ...COMMON_INTENT, kind: 'quarantine', reservedConcurrency: 0, ...given } as Intent;
}

/** A release to nothing reserved that is written down. */
export function releaseIntent(given: Partial<Intent> = {}): Intent {
  return { ...COMMON_INTENT, kind: 'release', ...given } as Intent;
}

/** A wake that is written down. */
export function wakeIntent(given: Partial<Intent> = {}): Intent {
  return { ...COMMON_INTENT, kind: 'wake', ...given } as Intent;
}

const COMMON_INTENT = {
  remediationId: 'remediation-1',
  revisionId: 'revision-1',
  startedAtMs: NOW_MS - 60_000,
  status: 'open',
  undo: { attachment: ATTACHMENTS.forbidden },
  noticeId: 'notice-1',
} as const;

/** A notice, of which only the id matters. */
export function noticeOf(id: string): Notice {
  return {
    id,
    kind: 'remediation',
    functionArn: ARN,
    threadId: 'thread-1',
    severity: 'high',
    remediation: 'revert',
    subject: 'subject',
    text: 'text',
    nextSteps: [],
    findings: [],
    at: '2026-11-22T09:00:00.000Z',
  };
}

/** What LVG.1 says. */
export function findingOf(
  status: Finding['verdict']['status'],
  given: Partial<Finding> = {},
): Finding {
  const verdict = status === 'compliant' ? { status } : { status, reason: `it is ${status}` };
  return { controlId: 'LVG.1', severity: 'high', verdict, ...given };
}

/** The default settings of LVG.1, but for what is given. */
export function controlOf(given: Partial<ControlSettings> = {}): ControlSettings {
  return { ...accessDocumentsAllow.defaults, ...given };
}

/** LVG.1 and these controls, enabled; the others are switched off. */
export function controlsWith(
  given: Readonly<Record<string, Partial<ControlSettings>>>,
): Readonly<Record<string, ControlSettings>> {
  const settings = CONTROLS.map(({ id, defaults }): [string, ControlSettings] => {
    const enabled = id === 'LVG.1' || given[id] !== undefined;
    return [id, { ...defaults, enabled, ...given[id] }];
  });
  return Object.fromEntries(settings);
}

/** A policy that enforces the approved network, but for what is given. */
export function enforcingPolicy(given: Partial<CompiledPolicy> = {}): CompiledPolicy {
  return policyOf({ mode: 'enforce', access: onlyVpc('vpc-1'), ...given });
}

/** Access documents that deny every attachment but those in one VPC. */
export function onlyVpc(vpcId: string): CompiledPolicy['access'] {
  const Action = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];
  const deny = { Effect: 'Deny', Action, Resource: '*' };
  return documentsOf({
    Version: '2012-10-17',
    Statement: [
      { ...deny, Sid: 'NeedsVpc', Condition: { Null: { 'lambda:VpcIds': 'true' } } },
      { ...deny, Sid: 'OnlyVpc1', Condition: { StringNotEquals: { 'lambda:VpcIds': vpcId } } },
    ],
  });
}

/** A look at a function that was moved into the forbidden network, but for what is given. */
export function lookOf(given: Partial<Look> = {}): Look {
  const record = given.record ?? settledRecord();
  const snapshot = given.snapshot ?? snapshotOf({ attachment: ATTACHMENTS.forbidden });
  const origin = originOf('approved');
  return {
    snapshot,
    findings: [findingOf('violation')],
    known: record,
    record,
    cause: 'change',
    policy: enforcingPolicy(),
    mode: 'enforce',
    nowMs: NOW_MS,
    hops: 0,
    isWakeRequested: false,
    target: { origin, findings: [findingOf('compliant')], missing: [] },
    ...given,
  };
}

/** A look at a compliant function in the approved network, but for what is given. */
export function goodLookOf(given: Partial<Look> = {}): Look {
  return lookOf({
    snapshot: snapshotOf(),
    findings: [findingOf('compliant')],
    cause: 'found',
    ...given,
  });
}

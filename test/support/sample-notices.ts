import type { Notice } from '../../functions/core/notice.ts';
import { digestNotice } from '../../functions/core/notices/digest-notice.ts';
import {
  heartbeatBackNotice,
  heartbeatNotice,
} from '../../functions/core/notices/heartbeat-notice.ts';
import {
  releaseNotice,
  resolutionNotice,
  wakeNotice,
} from '../../functions/core/notices/resolution-notices.ts';
import {
  refusalNotice,
  remediationNotice,
  violationNotice,
  withheldNotice,
} from '../../functions/core/notices/violation-notices.ts';
import {
  ATTACHMENTS,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  NOW_MS,
  originOf,
  quarantineIntent,
  settledRecord,
  snapshotOf,
  violationOf,
  wakeIntent,
} from './builders.ts';
import { fullDigest, quietDigest } from './sample-digests.ts';

const REASON = '`one.json` statement `OnlyVpc1` denies: `lambda:VpcIds` is `vpc-9`';
const remediationId = 'remediation-1';
const violation = violationOf({ sinceMs: NOW_MS - 95_000, containedMs: NOW_MS - 60_000 });
const { actor, eventId, ...foundViolation } = violationOf({ cause: 'found' });
const tags = { team: 'payments' };
const policy = enforcingPolicy({
  notify: { minimumSeverity: 'medium', exemptionExpiryDays: 7, ownerTag: 'team' },
});
const bad = lookOf({
  policy,
  snapshot: snapshotOf({ attachment: ATTACHMENTS.forbidden, tags }),
  findings: [
    findingOf('violation', {
      verdict: { status: 'violation', reason: REASON, statement: 'one.json OnlyVpc1' },
    }),
  ],
});
const detached = { ...bad, snapshot: snapshotOf({ attachment: ATTACHMENTS.detached, tags }) };
const good = goodLookOf({ policy, snapshot: snapshotOf({ tags }) });
const idle = snapshotOf({
  tags,
  state: 'Inactive',
  stateReasonCode: 'InsufficientRolePermissions',
});
const hold = {
  untilMs: NOW_MS + 86_400_000,
  attachment: ATTACHMENTS.forbidden,
  reason: 'a deadline',
};
const byOperator = 'an operator asked for it: a deadline';

const here = { account: '123456789012', region: 'us-east-1', nowMs: NOW_MS };
const heartbeat = { ...here, sentMs: NOW_MS - 900_000, everyHours: 6 };

/** One notice of every sort, by name. */
export const SAMPLE_NOTICES: Readonly<Record<string, Notice>> = {
  'a violation that is found in audit': violationNotice(detached, {
    violation: foundViolation,
    remediation: { kind: 'withheld', wanted: 'quarantine', reason: 'the mode is audit' },
  }),
  'a violation of which the policy only asks to notify': violationNotice(bad, {
    violation,
    remediation: { kind: 'none', reason: 'the policy only asks to notify' },
  }),
  'a revert': remediationNotice(bad, {
    violation,
    remediation: {
      kind: 'revert',
      reason: 'its last good attachment is known',
      target: originOf('approved'),
    },
    remediationId,
  }),
  'a quarantine of a new function': remediationNotice(detached, {
    violation: violationOf({ cause: 'create', causes: { 'LVG.1': 'create' } }),
    remediation: { kind: 'quarantine', reason: 'the policy asks for it' },
    remediationId,
  }),
  'a quarantine that a withheld breaker stops': withheldNotice(bad, {
    violation,
    intent: quarantineIntent(),
    reason: 'too much was remediated in a short time, and the breaker waits for an operator',
  }),
  'a quarantine that AWS refuses': refusalNotice(bad, {
    violation,
    intent: quarantineIntent(),
    error: 'AccessDeniedException: not authorized to perform: lambda:PutFunctionConcurrency.',
  }),
  'a resolution': resolutionNotice(good, violation),
  'a resolution by somebody else': resolutionNotice(good, foundViolation),
  'a release of what is compliant again': releaseNotice(
    { ...good, record: settledRecord({ violation }) },
    { remediationId, reason: 'it is compliant again', previous: 5 },
  ),
  'a release by force': releaseNotice(
    { ...bad, record: settledRecord({ violation, hold }) },
    { remediationId, reason: byOperator },
  ),
  'a wake': wakeNotice(good, { remediationId, startedAtMs: NOW_MS - 45_000, isAwake: true }),
  'a wake that failed': wakeNotice(
    { ...good, snapshot: idle },
    { remediationId, startedAtMs: NOW_MS - 300_000, isAwake: false },
  ),
  'a wake that AWS refuses': refusalNotice(
    { ...good, snapshot: idle },
    { violation: undefined, intent: wakeIntent(), error: 'ENILimitReachedException: the limit' },
  ),
  'a digest of what stands': digestNotice(fullDigest(), here),
  'a digest of good news': digestNotice(quietDigest(), here),
  'a heartbeat that is missing': heartbeatNotice({ ...heartbeat, seenMs: NOW_MS - 22_500_000 }),
  'a heartbeat that is back': heartbeatBackNotice(heartbeat),
};

import { describe, expect, it } from 'vitest';
import { attachmentKey } from '../../functions/core/attachment.ts';
import { chooseRemediation, isListedToWake } from '../../functions/core/choose-remediation.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { Look } from '../../functions/core/look.ts';
import type { ControlSettings } from '../../functions/core/policy.ts';
import type { Cause, FunctionRecord, OpenViolation } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import table from '../cases/remediations.json' with { type: 'json' };
import {
  ATTACHMENTS,
  type AttachmentName,
  controlOf,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  NOW_MS,
  originOf,
  settledRecord,
  snapshotOf,
  violationOf,
  wakeIntent,
} from '../support/builders.ts';

/** One row: a good function that was moved to the forbidden network, but for what is given. */
interface Row {
  readonly name: string;
  readonly expected: object;
  readonly at?: AttachmentName;
  readonly status?: Finding['verdict']['status'];
  readonly controlId?: string;
  readonly snapshot?: Partial<FunctionSnapshot>;
  readonly record?: Partial<FunctionRecord>;
  readonly violation?: Partial<OpenViolation>;
  readonly revertWantedSeconds?: number;
  readonly revertedSeconds?: readonly number[];
  readonly control?: Partial<ControlSettings>;
  readonly target?: { status?: Finding['verdict']['status']; missing?: readonly string[] } | null;
  readonly cause?: Cause;
  readonly mode?: Look['mode'];
  readonly hold?: { readonly at: AttachmentName; readonly seconds: number };
  readonly wake?: boolean;
  readonly listed?: string;
}

function toLook(row: Row): Look {
  const { at = 'forbidden', status = 'violation', cause = 'change', listed = 'orders-*' } = row;
  const finding = findingOf(status);
  const look = lookOf({
    snapshot: snapshotOf({ attachment: ATTACHMENTS[at], ...row.snapshot }),
    findings: [{ ...finding, controlId: row.controlId ?? finding.controlId }],
    record: toRecord(row),
    cause,
    mode: row.mode ?? 'enforce',
    isWakeRequested: row.wake ?? false,
    policy: enforcingPolicy({
      controls: { 'LVG.1': controlOf(row.control) },
      idle: { report: true, wake: [listed] },
    }),
  });
  const { target, ...withoutTarget } = look;
  if (row.target === null) return withoutTarget;
  const { status: of = 'compliant', missing = [] } = row.target ?? {};
  return { ...look, target: { origin: originOf('approved'), findings: [findingOf(of)], missing } };
}

function toRecord({ violation, revertWantedSeconds, ...row }: Row): FunctionRecord {
  const wanted = revertWantedSeconds;
  return settledRecord({
    revertsMs: (row.revertedSeconds ?? []).map((seconds) => NOW_MS - seconds * 1000),
    ...(violation === undefined && wanted === undefined
      ? {}
      : {
          violation: violationOf({
            ...violation,
            ...(wanted === undefined ? {} : { revertWantedMs: NOW_MS - wanted * 1000 }),
          }),
        }),
    ...(row.hold === undefined
      ? {}
      : {
          hold: {
            untilMs: NOW_MS + row.hold.seconds * 1000,
            attachment: ATTACHMENTS[row.hold.at],
            reason: 'a deadline',
          },
        }),
    ...row.record,
  });
}

describe('chooseRemediation', () => {
  it.each(table as readonly Row[])('$name: $expected.kind', (row) => {
    expect(chooseRemediation(toLook(row)).remediation).toMatchObject(row.expected);
  });

  it('reverts to the baseline', () => {
    expect(chooseRemediation(lookOf()).remediation).toMatchObject({ target: originOf('approved') });
  });

  it('notes since when a revert is wanted, and keeps it', () => {
    const record = settledRecord({ violation: violationOf({ revertWantedMs: NOW_MS - 9 }) });

    expect(chooseRemediation(lookOf()).violation).toMatchObject({ revertWantedMs: NOW_MS });
    expect(chooseRemediation(lookOf({ record })).violation).toMatchObject({
      revertWantedMs: NOW_MS - 9,
    });
  });

  it('says why a revert waits', () => {
    const snapshot = snapshotOf({ attachment: ATTACHMENTS.forbidden, state: 'Pending' });

    expect(chooseRemediation(lookOf({ snapshot })).remediation).toEqual({
      kind: 'none',
      awaits: 'revert',
      reason: 'the revert waits until AWS has finished the change that it undoes',
    });
  });

  it('wants no revert in audit', () => {
    expect(chooseRemediation(lookOf({ mode: 'audit' })).violation).not.toHaveProperty(
      'revertWantedMs',
    );
  });

  it('does not wake what is being woken', () => {
    const look = goodLookOf({
      snapshot: snapshotOf({ state: 'Inactive', stateReasonCode: 'Idle' }),
      record: settledRecord({ intent: wakeIntent() }),
      isWakeRequested: true,
    });

    expect(chooseRemediation(look).remediation).toEqual({
      kind: 'none',
      reason: 'it is compliant, and being woken',
    });
  });

  it('leaves the release to an operator where the policy says so', () => {
    const look = goodLookOf({
      snapshot: snapshotOf({ reservedConcurrency: 0 }),
      record: settledRecord({ quarantine: { remediationId: 'remediation-0', sinceMs: 0 } }),
      policy: enforcingPolicy({ autoRelease: false }),
    });

    expect(chooseRemediation(look).remediation).toEqual({
      kind: 'none',
      reason: 'it is compliant, and an operator has to release it',
    });
  });

  it.each([
    ['where it violated, and nothing was changed', 'approved', 'release'],
    ['somewhere else', 'forbidden', 'none'],
  ] as const)('undoes a quarantine by itself of what is compliant %s', (_, name, kind) => {
    const key = `${attachmentKey(ATTACHMENTS[name])}|LVG.1`;
    const look = goodLookOf({
      snapshot: snapshotOf({ reservedConcurrency: 0 }),
      record: settledRecord({
        violation: violationOf({ key }),
        quarantine: { remediationId: 'remediation-0', sinceMs: 0, previous: 7 },
      }),
      policy: enforcingPolicy({ autoRelease: false }),
    });

    expect(chooseRemediation(look).remediation).toMatchObject({
      kind,
      ...(kind === 'release' && { reason: 'it is compliant where it is, and nothing changed' }),
    });
    expect(chooseRemediation({ ...look, mode: 'audit' }).remediation.kind).not.toBe('release');
  });

  it('releases to nothing what had nothing reserved', () => {
    const look = goodLookOf({
      snapshot: snapshotOf({ reservedConcurrency: 0 }),
      record: settledRecord({ quarantine: { remediationId: 'remediation-0', sinceMs: 0 } }),
    });

    expect(chooseRemediation(look).remediation).toStrictEqual({
      kind: 'release',
      reason: 'it is compliant again',
    });
  });

  it('takes only the revert to where it is for failed', () => {
    const refused = [{ target: 'subnet-3|sg-1|false', error: 'no' }];
    const look = goodLookOf({
      snapshot: snapshotOf({ lastUpdateStatus: 'Failed' }),
      record: settledRecord({ violation: violationOf({ refused }) }),
    });

    expect(chooseRemediation(look).remediation.kind).toBe('none');
  });

  it('wakes nothing again that AWS could not restore, as long as its role may not', () => {
    const asked = (stateReasonCode: string, controlId: string) =>
      chooseRemediation(
        goodLookOf({
          isWakeRequested: true,
          policy: enforcingPolicy({ idle: { report: true, wake: ['*'] } }),
          snapshot: snapshotOf({ state: 'Inactive', stateReasonCode }),
          findings: [
            { controlId, severity: 'high', verdict: { status: 'violation', reason: 'no' } },
          ],
        }),
      ).remediation;

    expect(asked('InsufficientRolePermissions', 'LVG.7').kind).toBe('none');
    expect(asked('Idle', 'LVG.7').kind).toBe('wake');
    expect(asked('InsufficientRolePermissions', 'LVG.6').kind).toBe('wake');
  });

  it('leaves it where somebody only answers for it since', () => {
    const coverage = { id: 'e', owner: 'payments', reason: 'r', expires: '2027-03-31' };
    const look = goodLookOf({
      snapshot: snapshotOf({ reservedConcurrency: 0 }),
      findings: [findingOf('violation', { exemption: coverage })],
      record: settledRecord({
        violation: violationOf({ key: `${attachmentKey(ATTACHMENTS.approved)}|LVG.1` }),
        quarantine: { remediationId: 'remediation-0', sinceMs: 0 },
      }),
      policy: enforcingPolicy({ autoRelease: false }),
    });

    expect(chooseRemediation(look).remediation).toMatchObject({ kind: 'none' });
  });
});

describe('chooseRemediation: of what the policy only tells', () => {
  const onlyTold = { onCreate: 'notify', onChange: 'notify', onFound: 'notify' } as const;
  const policy = enforcingPolicy({
    controls: { 'LVG.1': controlOf(), 'LVG.3': controlOf(onlyTold) },
  });
  const findings = [findingOf('violation', { controlId: 'LVG.3' })];
  const acted = violationOf({ controlIds: ['LVG.3', 'LVG.1'] });
  const inFlight = snapshotOf({ lastUpdateStatus: 'InProgress' });
  const stopped = snapshotOf({ reservedConcurrency: 0 });
  const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };
  const look = goodLookOf({ findings, policy });
  const known = settledRecord({ violation: acted });

  it.each([
    ['AWS works on it', { record: known, snapshot: inFlight }],
    ['it is in quarantine', { record: { ...known, quarantine }, snapshot: stopped }],
  ])('goes on with what was acted on while %s', (_, given) => {
    expect(chooseRemediation({ ...look, ...given }).violation).toBe(acted);
  });

  it.each([
    ['the remedy runs', { record: known }],
    ['its owner ended the quarantine', { record: { ...known, quarantine } }],
    ['its owner lets it not run', { record: known, snapshot: stopped }],
    ['AWS works on it, and nothing was acted on', { snapshot: inFlight }],
  ])('begins another violation where %s', (_, given) => {
    const { violation } = chooseRemediation({ ...look, ...given });

    expect(violation).toMatchObject({ controlIds: ['LVG.3'], isTold: false });
    expect(violation?.id).not.toBe(acted.id);
  });
});

describe('isListedToWake', () => {
  it.each([
    [['orders-*'], true],
    [['orders-api'], true],
    [['pay-*', 'nightly-?'], false],
    [[], false],
  ])('goes by the names in %j: %s', (wake, expected) => {
    const policy = enforcingPolicy({ idle: { report: true, wake } });

    expect(isListedToWake(goodLookOf({ policy }))).toBe(expected);
  });

  it.each([
    ['one of its writers', 'arn:aws:iam::123456789012:role/platform-ops', true],
    ['somebody else', 'arn:aws:iam::123456789012:role/dev', false],
  ])('goes by a tag that was written by %s: %s', (_, writer, expected) => {
    const policy = enforcingPolicy({
      idle: { report: true, wake: ['tag:keep-awake=true'] },
      trustedTags: [{ key: 'keep-awake', writers: ['arn:aws:iam::*:role/platform-*'] }],
    });
    const snapshot = snapshotOf({ tags: { 'keep-awake': 'true' } });
    const record = settledRecord({ tagWrites: { 'keep-awake': { value: 'true', writer } } });

    expect(isListedToWake(goodLookOf({ policy, snapshot, record }))).toBe(expected);
    expect(isListedToWake(goodLookOf({ policy, snapshot }))).toBe(false);
  });
});

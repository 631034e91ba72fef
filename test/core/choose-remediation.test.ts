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

    expect(chooseRemediation(look).remediation).toMatchObject({ kind });
    expect(chooseRemediation({ ...look, mode: 'audit' }).remediation.kind).not.toBe('release');
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

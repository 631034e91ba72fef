import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import type { Finding } from '../../functions/core/finding.ts';
import {
  ATTACHMENTS,
  changeOf,
  controlOf,
  enforcingPolicy,
  findingOf,
  goodLookOf,
  lookOf,
  originOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../support/builders.ts';

const ONLY_TOLD = { onCreate: 'notify', onChange: 'notify', onFound: 'notify' } as const;
const policy = enforcingPolicy({
  controls: { 'LVG.1': controlOf(), 'LVG.6': controlOf(ONLY_TOLD) },
  idle: { report: true, wake: ['orders-*'] },
});
const policyThatNotifies = enforcingPolicy({
  controls: { 'LVG.1': controlOf({ onChange: 'notify' }), 'LVG.6': controlOf(ONLY_TOLD) },
});
const findings = [findingOf('compliant'), findingOf('violation', { controlId: 'LVG.6' })];
const quarantine = { remediationId: 'remediation-0', sinceMs: 0 };

describe('decide: a violation on which the policy never acts', () => {
  it('is told, and keeps nothing from being the baseline', () => {
    const { baseline, ...record } = settledRecord();

    const decision = decide(goodLookOf({ policy, findings, record }));

    expect(decision.remediation).toEqual({
      kind: 'none',
      reason: 'the policy only asks to notify',
    });
    expect(decision.record).toMatchObject({
      baseline: originOf('approved'),
      violation: { controlIds: ['LVG.6'], isTold: true },
      outbox: [{ kind: 'violation' }],
    });
    expect(decision.record).not.toHaveProperty('judgedBy');
  });

  it('is told with the change of the network that it comes from', () => {
    const after = { resourceId: 'rtb-1', eventId: 'event-9' };

    const { record } = decide(goodLookOf({ policy, findings, after }));

    expect(record.violation).toMatchObject({ after });
    expect(record.outbox[0]?.text).toContain(
      'after a change of rtb-1 (CloudTrail event event-9); nobody changed the function.',
    );
  });

  it('is told with the event that explains it, where there is one', () => {
    const after = { resourceId: 'rtb-1', eventId: 'event-9' };

    const { violation } = decide(
      goodLookOf({ policy, findings, after, origin: changeOf('approved') }),
    ).record;

    expect(violation).not.toHaveProperty('after');
  });

  it('says that the function stays in quarantine for what came before', () => {
    const stopped = snapshotOf({ reservedConcurrency: 0 });
    const record = settledRecord({ quarantine });
    const onCreate = { 'LVG.1': controlOf({ onFound: 'notify' }) };
    const look = lookOf({
      policy: enforcingPolicy({ controls: onCreate }),
      cause: 'found',
      findings: [findingOf('violation')],
      snapshot: stopped,
      record,
    });

    const [notice] = decide(look).record.outbox;

    expect(notice?.text).toContain('It is in quarantine, for what came before');
    expect(notice?.nextSteps.at(-1)).toContain('It is released by itself');
  });

  it('is told once', () => {
    const first = decide(goodLookOf({ policy, findings })).record;
    const record = { ...first, outbox: [] };

    expect(decide(goodLookOf({ policy, findings, record })).record.outbox).toEqual([]);
  });

  it('keeps nothing from being woken', () => {
    const snapshot = snapshotOf({ state: 'Inactive', stateReasonCode: 'Idle' });
    const look = goodLookOf({ policy, findings, snapshot, isWakeRequested: true });

    expect(decide(look).remediation.kind).toBe('wake');
  });

  it('keeps nothing in quarantine', () => {
    const look = goodLookOf({
      policy,
      findings,
      record: settledRecord({ quarantine, violation: violationOf({ isTold: true }) }),
      snapshot: snapshotOf({ reservedConcurrency: 0 }),
    });

    expect(decide(look)).toMatchObject({
      remediation: { kind: 'release' },
      record: { violation: { controlIds: ['LVG.1'] } },
    });
  });

  it('lets the violation before it end with its own notice, and is not told again', () => {
    const before = violationOf({ controlIds: ['LVG.1', 'LVG.6'], isTold: true });

    const { record } = decide(
      goodLookOf({ policy, findings, record: settledRecord({ violation: before }) }),
    );

    expect(record.outbox).toMatchObject([
      {
        kind: 'resolution',
        subject: '[resolved] orders-api no longer violates what is acted on',
        text: expect.stringContaining('LVG.6 (only told of)'),
      },
    ]);
    expect(record.violation).toMatchObject({ controlIds: ['LVG.6'], isTold: true });
  });

  it('is told where the violation before it was another one of its kind', () => {
    const before = violationOf({ controlIds: ['LVG.7'], isTold: true });
    const record = settledRecord({ violation: before });

    expect(decide(goodLookOf({ policy, findings, record })).record.outbox).toMatchObject([
      { kind: 'violation' },
    ]);
  });

  it('waits with that while AWS works on the remedy', () => {
    const violation = violationOf({ isTold: true });
    const snapshot = snapshotOf({ lastUpdateStatus: 'InProgress' });
    const record = settledRecord({ violation });

    expect(decide(goodLookOf({ policy, findings, record, snapshot })).record).toMatchObject({
      violation,
      outbox: [],
    });
  });

  it('is no new violation where a quieter control joins in', () => {
    const quiet = findingOf('violation', { controlId: 'LVG.6', severity: 'low' });
    const told = decide(lookOf({ policy: policyThatNotifies })).record;
    const record = { ...told, outbox: [] };
    const joined = [findingOf('violation'), quiet];

    const later = decide(lookOf({ policy: policyThatNotifies, record, findings: joined })).record;

    expect(later.outbox).toEqual([]);
    expect(later.violation).toMatchObject({
      id: told.violation?.id,
      controlIds: ['LVG.1', 'LVG.6'],
    });
  });

  it('is told where a louder control joins in', () => {
    const loud = findingOf('violation', { controlId: 'LVG.6', severity: 'high' });
    const told = decide(lookOf({ policy: policyThatNotifies })).record;
    const record = { ...told, outbox: [] };
    const joined = [findingOf('violation'), loud];

    const later = decide(lookOf({ policy: policyThatNotifies, record, findings: joined })).record;

    expect(later.outbox).toHaveLength(1);
  });

  it('is said of an unknown too: nothing is done', () => {
    const unsure = [findingOf('unknown'), ...findings.slice(1)];

    expect(decide(goodLookOf({ policy, findings: unsure })).remediation).toEqual({
      kind: 'none',
      reason: 'the policy only asks to notify',
    });
  });
});

const exemption = { owner: 'payments', reason: 'a migration', expires: '2027-03-31' };
const exempt: readonly Finding[] = [{ ...findingOf('violation'), exemption }];

describe('decide: a finding for which somebody answers', () => {
  it('is left alone, and may become the baseline', () => {
    const decision = decide(lookOf({ findings: exempt }));

    expect(decision.remediation).toEqual({
      kind: 'none',
      reason: 'it is exempt: payments answers for it until 2027-03-31',
    });
    expect(decision.record).toMatchObject({ baseline: originOf('approved'), outbox: [] });
    expect(decision.record).not.toHaveProperty('violation');
    expect(decision.record).not.toHaveProperty('judgedBy');
  });

  it('ends a violation, and people hear who answers for it', () => {
    const record = settledRecord({ violation: violationOf({ isTold: true }) });

    const { outbox } = decide(goodLookOf({ findings: exempt, record })).record;

    expect(outbox).toMatchObject([
      {
        kind: 'resolution',
        subject: expect.stringContaining('is exempt'),
        text: expect.stringContaining('exempt until 2027-03-31, payments answers for it'),
        findings: [{ controlId: 'LVG.1', exemption }],
      },
    ]);
  });

  it('is named where people hear of another violation', () => {
    const both: readonly Finding[] = [...exempt, findingOf('violation', { controlId: 'LVG.6' })];

    const [notice] = decide(lookOf({ policy, findings: both })).record.outbox;

    expect(notice?.text).toContain(
      'LVG.1, exempt until 2027-03-31 (payments answers for it): it is violation.',
    );
  });

  it('ends a quarantine of ours', () => {
    const snapshot = snapshotOf({ attachment: ATTACHMENTS.forbidden, reservedConcurrency: 0 });
    const look = lookOf({ findings: exempt, snapshot, record: settledRecord({ quarantine }) });

    expect(decide(look).remediation).toMatchObject({
      kind: 'release',
      reason: 'it is exempt: payments answers for it until 2027-03-31',
    });
  });
});

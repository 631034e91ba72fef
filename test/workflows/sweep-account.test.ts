import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import { ATTACHMENTS, controlsWith } from '../support/builders.ts';
import { OWN_FUNCTION } from '../support/drill.ts';
import { fakeSnapshot } from '../support/fake-functions.ts';
import { createSweepStage, IDLE, manyPlain, sweepingPolicy } from '../support/sweep-stage.ts';
import { arnOf } from '../support/swept-account.ts';

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;

describe('sweepAccount: when', () => {
  it('begins at once in an account that nobody has swept, and not again before it is due', async () => {
    const { tick, clock, readState } = createSweepStage({ plain: {} });
    const startedMs = clock.nowMs;

    expect(await tick()).toMatchObject({ status: 'ended', sweepId: 'sweep-1' });
    clock.nowMs = startedMs + 6 * HOUR_MS - 2 * QUARTER_MS;
    expect(await tick()).toEqual({ status: 'not-due', isHeartbeatMissing: false });
    clock.nowMs = startedMs + 6 * HOUR_MS;
    expect(await tick()).toMatchObject({ status: 'ended', sweepId: 'sweep-3' });
    expect(readState()).toMatchObject({ last: { id: 'sweep-3', startedMs: clock.nowMs } });
  });

  it('begins at once after another policy was deployed', async () => {
    const { tick, deploy } = createSweepStage({ plain: {} });
    await tick();
    expect(await tick()).toMatchObject({ status: 'not-due' });

    deploy(sweepingPolicy({ hash: 'another' }));

    expect(await tick()).toMatchObject({ status: 'ended', sweepId: 'sweep-3' });
    expect(await tick()).toMatchObject({ status: 'not-due' });
  });

  it('asks nothing of AWS while nothing is due', async () => {
    const { tick, calls, bringHeartbeats } = createSweepStage({ plain: {} });
    await tick();
    bringHeartbeats();
    calls.length = 0;

    await tick();

    expect(calls.map(({ port }) => port)).toEqual(['readSweep', 'readHeartbeat']);
  });

  it('lets one of two ticks go on that come at once, and the other one says nothing', async () => {
    const { tick, notices, queue, readState } = createSweepStage({
      stray: { attachment: ATTACHMENTS.forbidden },
      zone: { attachment: ATTACHMENTS.alsoApproved },
    });

    const outcomes = await Promise.all([tick(), tick()]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['busy', 'ended']);
    expect(notices.map(({ kind }) => kind)).toEqual(['digest']);
    expect(queue).toHaveLength(1);
    expect(readState()).not.toHaveProperty('underway');
  });

  it('leaves a sweep alone that somebody is working on, and goes on once nobody is heard of', async () => {
    const { tick, inject, clock } = createSweepStage({ plain: {} });
    const unreadable = new GuardrailError('could not list', { code: 'OBSERVATION_FAILED' });
    inject('listPage', { errorBefore: unreadable });
    await expect(tick()).rejects.toBe(unreadable);

    expect(await tick()).toMatchObject({ status: 'busy' });
    clock.nowMs += QUARTER_MS;

    expect(await tick()).toMatchObject({ status: 'ended', sweepId: 'sweep-1' });
  });

  it('begins anew where another policy was deployed while a sweep was under way', async () => {
    const { tick, deploy, clock } = createSweepStage(manyPlain(120));
    await tick({ forMs: 0 });
    deploy(sweepingPolicy({ hash: 'another' }));
    clock.nowMs += QUARTER_MS;

    expect(await tick()).toMatchObject({
      status: 'ended',
      sweepId: 'sweep-2',
      totals: { scanned: 120 },
    });
  });
});

describe('sweepAccount: the first sweep', () => {
  it('confirms every baseline, and reads each function that can be idle once and no other', async () => {
    const canBeIdle = {
      attached: { attachment: ATTACHMENTS.approved },
      image: { packageType: 'Image' },
      snap: { hasSnapStart: true },
    };
    const { tick, countCalls, records, notices, queue } = createSweepStage({
      ...manyPlain(117),
      ...canBeIdle,
    });

    const { totals } = await tick();

    expect(totals).toMatchObject({ scanned: 120, compliant: 120, baselines: 120 });
    expect([...records.values()].filter(({ baseline }) => baseline)).toHaveLength(120);
    expect(countCalls('readSnapshot')).toBe(3);
    expect(countCalls('listPage')).toBe(3);
    expect(countCalls('readRecords')).toBe(3);
    expect(countCalls('readNetwork')).toBe(1);
    expect(countCalls('readRecord')).toBe(0);
    expect(countCalls('readVersions')).toBe(0);
    expect(queue).toEqual([]);
    expect(notices).toEqual([]);
  });

  it('reads a function in no VPC that was changed within the hour', async () => {
    const { tick, countCalls, records, clock, snapshots } = createSweepStage();
    const add = (name: string, agoMs: number) => {
      const lastModifiedMs = clock.nowMs - agoMs;
      const functionArn = arnOf(name);
      snapshots.set(functionArn, fakeSnapshot({ functionArn, lastModifiedMs }));
    };
    add('new', HOUR_MS - 1);
    add('old', HOUR_MS);

    await tick();

    expect(countCalls('readSnapshot')).toBe(1);
    expect(records.get(arnOf('new'))).toHaveProperty('baseline');
    expect(records.get(arnOf('old'))).toHaveProperty('baseline');
  });

  it('confirms the baseline of a function that was changed within the hour later, where AWS is at it', async () => {
    const { tick, records, work, queue, settle, clock, add } = createSweepStage();
    add('new', { lastModifiedMs: clock.nowMs, state: 'Pending' });

    await tick();
    expect(queue).toHaveLength(1);
    settle(arnOf('new'));
    await work();

    expect(records.get(arnOf('new'))).toHaveProperty('baseline');
  });

  it('counts no function of its own, and looks at none', async () => {
    const { tick, snapshots, records } = createSweepStage({ plain: {} });
    snapshots.set(OWN_FUNCTION, fakeSnapshot({ functionArn: OWN_FUNCTION }));

    expect(await tick()).toMatchObject({ totals: { scanned: 1 } });
    expect([...records.keys()]).toEqual([arnOf('plain')]);
  });

  it('ends in an account without functions, and tells nobody of it', async () => {
    const { tick, notices, sentHeartbeats } = createSweepStage();

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 0 } });
    expect(notices).toEqual([]);
    expect(sentHeartbeats).toHaveLength(1);
  });
});

describe('sweepAccount: the second sweep', () => {
  it('writes nothing where nothing changed', async () => {
    const { tick, calls, clock, records, queue } = createSweepStage({
      ...manyPlain(60),
      attached: { attachment: ATTACHMENTS.approved },
      zone: { attachment: ATTACHMENTS.alsoApproved },
    });
    await tick();
    const written = new Map(records);
    clock.nowMs += 6 * HOUR_MS;
    calls.length = 0;

    const { totals } = await tick();

    expect(totals).toMatchObject({ scanned: 62, compliant: 61, baselines: 0 });
    expect(records).toEqual(written);
    expect(queue).toEqual([]);
    const ports = new Set(calls.map(({ port }) => port));
    for (const port of ['writeRecord', 'enqueue', 'keepHistory', 'publish'] as const) {
      expect(ports).not.toContain(port);
    }
  });

  it('reads functions in no VPC no more, and those that can be idle once each', async () => {
    const { tick, countCalls, clock, calls } = createSweepStage({
      ...manyPlain(60),
      attached: { attachment: ATTACHMENTS.approved },
    });
    await tick();
    clock.nowMs += 6 * HOUR_MS;
    calls.length = 0;

    await tick();

    expect(countCalls('readSnapshot')).toBe(1);
    expect(countCalls('listPage')).toBe(2);
    expect(countCalls('readRecords')).toBe(2);
  });
});

describe('sweepAccount: what it finds', () => {
  it('has remedied what the policy remedies, and tells of the rest in one digest', async () => {
    const { tick, work, queue, ordered, notices, records, snapshots } = createSweepStage({
      good: { attachment: ATTACHMENTS.approved },
      stray: { attachment: ATTACHMENTS.forbidden },
      zone: { attachment: ATTACHMENTS.alsoApproved },
      'other-zone': { attachment: ATTACHMENTS.alsoApproved },
    });

    const { totals } = await tick();

    expect(ordered()).toEqual(['stray']);
    expect(queue).toMatchObject([{ order: { hops: 0, isThorough: true }, delaySeconds: 0 }]);
    expect(totals).toMatchObject({
      scanned: 4,
      compliant: 1,
      planned: { quarantine: 1 },
      violations: {
        'LVG.1': { functions: 1, fresh: 1, names: ['stray'] },
        'LVG.6': { functions: 3, fresh: 3, names: ['stray', 'zone', 'other-zone'] },
      },
    });
    expect(records.get(arnOf('zone'))).toMatchObject({
      violation: { controlIds: ['LVG.6'] },
      outbox: [],
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['digest']);

    await work();

    expect(snapshots.get(arnOf('stray'))).toMatchObject({ reservedConcurrency: 0 });
    expect(notices.map(({ kind }) => kind)).toEqual(['digest', 'remediation']);
  });

  it('tells of what stands once a day, and of what is new at once', async () => {
    const { tick, clock, notices, add } = createSweepStage({
      zone: { attachment: ATTACHMENTS.alsoApproved },
    });
    await tick();
    clock.nowMs += 6 * HOUR_MS;
    await tick();
    expect(notices).toHaveLength(1);

    add('other-zone', { attachment: ATTACHMENTS.alsoApproved });
    clock.nowMs += 6 * HOUR_MS;
    await tick();

    expect(notices).toHaveLength(2);
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
    clock.nowMs += 24 * HOUR_MS;
    await tick();
    expect(notices.filter(({ kind }) => kind === 'digest')).toHaveLength(3);
  });

  it('tells what is new since the last digest, control by control, whoever found it first', async () => {
    const { tick, clock, add, ports, settings, notices } = createSweepStage({
      zone: { attachment: ATTACHMENTS.alsoApproved },
    });
    await tick();
    add('other-zone', { attachment: ATTACHMENTS.alsoApproved });
    clock.nowMs += HOUR_MS;
    const all = { functions: ['*'], wake: true, verdicts: false };
    await rescanAccount(all, ports, settings(), {
      rescanId: 'rescan-1',
      untilMs: clock.nowMs + QUARTER_MS,
      onProgress: async () => undefined,
    });
    clock.nowMs += 5 * HOUR_MS;

    expect(await tick()).toMatchObject({
      totals: { violations: { 'LVG.6': { functions: 2, fresh: 1, freshNames: ['other-zone'] } } },
    });
    expect(notices.at(-1)?.text).toContain('2 functions, 1 of them new: other-zone (new), zone');
    clock.nowMs += 6 * HOUR_MS;
    expect(await tick()).toMatchObject({ totals: { violations: { 'LVG.6': { fresh: 0 } } } });
    expect(notices).toHaveLength(2);
  });

  it('has a resolution told by enforcement, and counts it', async () => {
    const { tick, work, notices, snapshots, clock, ordered, add, records } = createSweepStage({
      zone: { attachment: ATTACHMENTS.alsoApproved },
    });
    await tick();
    add('zone', { attachment: ATTACHMENTS.approved });
    clock.nowMs += 6 * HOUR_MS;

    const { totals } = await tick();

    expect(totals).toMatchObject({ resolved: { functions: 1, names: ['zone'] }, compliant: 1 });
    expect(ordered()).toEqual(['zone']);
    await work();
    expect(notices.map(({ kind }) => kind)).toEqual(['digest', 'digest', 'resolution']);
    expect(records.get(arnOf('zone'))).not.toHaveProperty('violation');
    expect(snapshots.get(arnOf('zone'))).not.toHaveProperty('reservedConcurrency');
  });

  it('writes down itself that a violation is over that nobody was told of', async () => {
    const { tick, clock, queue, add, records } = createSweepStage(
      { zone: { attachment: ATTACHMENTS.alsoApproved } },
      { policy: sweepingPolicy({ controls: controlsWith({ 'LVG.6': { severity: 'low' } }) }) },
    );
    await tick();
    expect(records.get(arnOf('zone'))).toMatchObject({ violation: { isTold: false } });
    add('zone', { attachment: ATTACHMENTS.approved });
    clock.nowMs += 6 * HOUR_MS;

    await tick();

    expect(queue).toEqual([]);
    expect(records.get(arnOf('zone'))).not.toHaveProperty('violation');
  });

  it('counts quarantined functions, and enqueues nothing more for them', async () => {
    const { tick, work, clock, queue, settle } = createSweepStage({
      stray: { attachment: ATTACHMENTS.forbidden },
    });
    await tick();
    await work();
    settle(arnOf('stray'));
    await work();
    queue.length = 0;
    clock.nowMs += 6 * HOUR_MS;

    const { totals } = await tick();

    expect(totals).toMatchObject({ quarantined: { functions: 1, names: ['stray'] }, planned: {} });
    expect(queue).toEqual([]);
  });

  it('has nothing done in audit, and says that', async () => {
    const { tick, queue, records, notices } = createSweepStage(
      { stray: { attachment: ATTACHMENTS.forbidden }, 'nightly-report': IDLE },
      { policy: sweepingPolicy({ mode: 'audit' }) },
    );

    expect(await tick()).toMatchObject({ totals: { planned: {} } });
    expect(queue).toEqual([]);
    expect(records.get(arnOf('stray'))).toHaveProperty('violation');
    expect(notices).toMatchObject([
      { kind: 'digest', text: expect.stringContaining('The mode is audit') },
    ]);
  });

  it('leaves a record to whoever wrote it meanwhile, and has the function looked at once more', async () => {
    const { tick, inject, ordered, records } = createSweepStage({ one: {}, two: {} });
    inject('writeRecord', {
      errorBefore: new GuardrailError('it changed', { code: 'RECORD_STALE' }),
    });

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 2 } });
    expect(ordered()).toEqual(['one']);
    expect([...records.keys()]).toEqual([arnOf('two')]);
  });

  it('tells functions apart whose names differ only by case', async () => {
    const { tick, records } = createSweepStage({
      orders: {},
      Orders: { attachment: ATTACHMENTS.approved },
      ORDERS: { attachment: ATTACHMENTS.alsoApproved },
    });

    expect(await tick()).toMatchObject({ totals: { scanned: 3, compliant: 2 } });
    expect([...records.keys()]).toEqual([arnOf('orders'), arnOf('Orders'), arnOf('ORDERS')]);
    expect(records.get(arnOf('Orders'))?.baseline?.attachment).toEqual(ATTACHMENTS.approved);
  });
});

describe('sweepAccount: a policy that nobody has approved', () => {
  const strays = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `stray-${at}`,
        { attachment: ATTACHMENTS.forbidden },
      ]),
    );
  const policy = sweepingPolicy({
    limits: {
      accountRemediations: { max: 4, perMinutes: 15 },
      functionReverts: { max: 3, perMinutes: 60 },
    },
  });

  it('is approved by a sweep that plans no more than the limit', async () => {
    const { tick, account, queue, settings } = createSweepStage(strays(4), { policy });

    await tick();

    expect(account).toMatchObject({
      breaker: 'closed',
      approvedPolicy: settings().policy.hash,
    });
    expect(queue).toHaveLength(4);
  });

  it('trips the breaker before anything is enqueued where it plans more', async () => {
    const { tick, account, calls, queue, notices } = createSweepStage(strays(5), { policy });

    await tick();

    expect(account).toMatchObject({ breaker: 'tripped', trip: { reason: 'new-policy' } });
    const ports = calls.map(({ port }) => port);
    expect(ports.indexOf('tripBreaker')).toBeLessThan(ports.indexOf('enqueue'));
    expect(queue).toHaveLength(5);
    expect(notices.map(({ kind }) => kind)).toEqual(['breaker', 'digest']);
  });

  it('is not approved by the second half of a sweep whose halves plan more together', async () => {
    const { tick, account, clock, afterPages, queue } = createSweepStage(strays(6), {
      policy,
      pageSize: 3,
    });
    afterPages.push(
      () => undefined,
      () => {
        clock.nowMs += QUARTER_MS;
      },
    );

    expect(await tick({ forMs: 60_000 })).toMatchObject({ status: 'handed-over' });
    clock.nowMs += QUARTER_MS;
    expect(await tick()).toMatchObject({ status: 'ended', totals: { planned: { quarantine: 6 } } });

    expect(account.approvedPolicy).toBeUndefined();
    expect(queue).toHaveLength(6);
  });
});

import { describe, expect, it } from 'vitest';
import { ATTACHMENTS } from '../support/builders.ts';
import { createSweepStage, IDLE, sweepingPolicy } from '../support/sweep-stage.ts';
import { arnOf } from '../support/swept-account.ts';

const ATTACHED_IDLE = { attachment: ATTACHMENTS.approved, ...IDLE };
const HOUR_MS = 3_600_000;

describe('sweepAccount: idle functions', () => {
  it('has those woken that the policy lists, and counts all of them', async () => {
    const { tick, work, queue, snapshots, settle, notices } = createSweepStage({
      'nightly-report': ATTACHED_IDLE,
      'nightly-image': { packageType: 'Image', ...IDLE },
      'pay-api': ATTACHED_IDLE,
      busy: { attachment: ATTACHMENTS.approved },
    });

    const { totals } = await tick();

    expect(totals).toMatchObject({
      idle: { functions: 3, listed: 2, stuck: 0 },
      planned: { wake: 2 },
      compliant: 4,
    });
    expect(queue.map(({ order }) => order)).toEqual(
      ['nightly-report', 'nightly-image'].map((name) => ({
        functionArn: arnOf(name),
        hops: 0,
        wake: true,
        isThorough: true,
      })),
    );
    await work();
    settle(arnOf('nightly-report'));
    expect(snapshots.get(arnOf('nightly-report'))).toMatchObject({ state: 'Active' });
    expect(snapshots.get(arnOf('pay-api'))).toMatchObject({ state: 'Inactive' });
    expect(notices.map(({ kind }) => kind)).toEqual(['digest']);
  });

  it('wakes each only once while AWS restores it', async () => {
    const { tick, work, clock, countCalls, queue } = createSweepStage({
      'nightly-report': ATTACHED_IDLE,
    });
    await tick();
    await work();
    queue.length = 0;
    clock.nowMs += 6 * HOUR_MS;

    const { totals } = await tick();
    await work();

    expect(totals).toMatchObject({ planned: {} });
    expect(countCalls('wake')).toBe(1);
  });

  it('asks for it once more where the order of the last sweep is not handled yet, which wakes once', async () => {
    const { tick, work, clock, countCalls } = createSweepStage({ 'nightly-report': ATTACHED_IDLE });
    await tick();
    clock.nowMs += 6 * HOUR_MS;
    await tick();

    await work();

    expect(countCalls('wake')).toBe(1);
  });

  it('never wakes what is in quarantine or may not run', async () => {
    const { tick, work, queue, countCalls, settle, clock, snapshots, add } = createSweepStage({
      'nightly-stray': { attachment: ATTACHMENTS.forbidden },
      'nightly-stopped': { ...ATTACHED_IDLE, reservedConcurrency: 0 },
    });
    await tick();
    await work();
    settle(arnOf('nightly-stray'));
    const stray = snapshots.get(arnOf('nightly-stray'));
    expect(stray).toMatchObject({ reservedConcurrency: 0 });
    add('nightly-stray', { ...stray, ...IDLE });
    queue.length = 0;
    clock.nowMs += 6 * HOUR_MS;

    const { totals } = await tick();
    await work();

    expect(totals).toMatchObject({
      idle: { functions: 2, listed: 2, stuck: 2 },
      quarantined: { functions: 1 },
      planned: {},
    });
    expect(countCalls('wake')).toBe(0);
  });

  it('finds versions that somebody can call by an alias, and reads no others', async () => {
    const { tick, versions, versionStates, calls } = createSweepStage({
      'nightly-report': { attachment: ATTACHMENTS.approved },
      plain: {},
    });
    const version = (number: string, ...aliases: string[]) => ({
      version: number,
      aliases,
      attachment: ATTACHMENTS.approved,
    });
    versions.set(arnOf('nightly-report'), [
      version('1', 'live'),
      version('2'),
      version('3', 'beta', 'next'),
    ]);
    for (const number of ['1', '2', '3']) {
      versionStates.set(arnOf(`nightly-report:${number}`), number === '3' ? {} : IDLE);
    }
    versions.set(arnOf('plain'), [
      { version: '1', aliases: ['live'], attachment: ATTACHMENTS.detached },
    ]);

    const { totals } = await tick();

    expect(totals).toMatchObject({
      scanned: 2,
      idle: { functions: 1, listed: 0, names: ['nightly-report'] },
      planned: {},
    });
    const read = calls.filter(({ port }) => port === 'readSnapshot').map(({ args }) => args[0]);
    expect(read).toEqual(expect.arrayContaining([arnOf('nightly-report:1')]));
    expect(read).not.toContain(arnOf('nightly-report:2'));
    expect(read).not.toContain(arnOf('plain:1'));
  });

  it('finds no versions where their aliases cannot be read, or one is gone by then', async () => {
    const { tick, versions, versionStates, inject, clock } = createSweepStage({
      report: { attachment: ATTACHMENTS.approved, ...IDLE },
    });
    const attachment = ATTACHMENTS.approved;
    versions.set(arnOf('report'), [{ version: '1', aliases: ['live'], attachment }]);
    versionStates.set(arnOf('report:1'), IDLE);
    inject('readAliases', { answer: { unknown: 'nobody may' } });

    expect(await tick()).toMatchObject({ totals: { idle: { functions: 1 } } });

    clock.nowMs += 6 * HOUR_MS;
    inject('readAliases', { answer: { value: new Map([['2', ['live']]]) } });
    expect(await tick()).toMatchObject({ totals: { idle: { functions: 1 } } });
    clock.nowMs += 6 * HOUR_MS;
    expect(await tick()).toMatchObject({ totals: { idle: { functions: 2 } } });
  });

  it('is silent of them where the policy asks for no report', async () => {
    const { tick, notices, countCalls } = createSweepStage(
      { report: ATTACHED_IDLE },
      { policy: sweepingPolicy({ idle: { report: false, wake: [] } }) },
    );

    expect(await tick()).toMatchObject({ totals: { idle: { functions: 0 } } });
    expect(notices).toEqual([]);
    expect(countCalls('readAliases')).toBe(0);
  });

  it('asks for versions only where the policy judges them', async () => {
    const { tick, calls } = createSweepStage(
      { report: ATTACHED_IDLE },
      { policy: sweepingPolicy({ sweep: { everyHours: 6, share: 0.3, versions: false } }) },
    );

    await tick();

    const listed = calls.filter(({ port }) => port === 'listPage').map(({ args }) => args);
    expect(listed).toEqual([[false, undefined]]);
  });
});

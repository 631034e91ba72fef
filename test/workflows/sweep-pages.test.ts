import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { ATTACHMENTS, controlsWith } from '../support/builders.ts';
import {
  createSweepStage,
  manyPlain,
  type SweepStage,
  sweepingPolicy,
} from '../support/sweep-stage.ts';
import { arnOf } from '../support/swept-account.ts';

const QUARTER_MS = 900_000;
const ATTACHED = { attachment: ATTACHMENTS.approved };
const nothing = () => undefined;

/** So many attached functions; every one of them is read. */
function manyAttached(count: number) {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`attached-${at}`, ATTACHED]));
}

/** A published version that nobody can call by an alias. */
function versionOf(version: string) {
  return { version, aliases: [], attachment: ATTACHMENTS.approved };
}

/** What was read with its function's name, in order. */
function read({ calls }: Pick<SweepStage, 'calls'>): readonly string[] {
  return calls.flatMap(({ port, args }) => {
    return port === 'readSnapshot' ? [String(args[0]).split(':').at(-1) ?? ''] : [];
  });
}

describe('sweepAccount: hand-over', () => {
  it('goes on in the next run, looks at nothing twice, and counts the same', async () => {
    const functions = {
      ...manyAttached(90),
      ...manyPlain(20),
      zone: { attachment: ATTACHMENTS.alsoApproved },
      stray: { attachment: ATTACHMENTS.forbidden },
    };
    const whole = createSweepStage(functions, { pageSize: 10 });
    const { totals, digest } = await whole.tick();
    const stage = createSweepStage(functions, { pageSize: 10 });
    const { tick, clock, afterPages, readState, countCalls } = stage;
    afterPages.push(nothing, nothing, nothing, nothing, () => {
      clock.nowMs += QUARTER_MS;
    });

    const first = await tick();

    expect(first).toMatchObject({ status: 'handed-over', sweepId: 'sweep-1' });
    const scanned = first.totals?.scanned ?? 0;
    expect(scanned).toBeGreaterThan(10);
    expect(scanned).toBeLessThan(112);
    expect(readState()).toMatchObject({ underway: { totals: first.totals } });
    // Whatever was begun was counted: nothing is under way any more.
    expect(read(stage).length).toBe(scanned);

    clock.nowMs += QUARTER_MS;
    const second = await tick();

    expect(second).toMatchObject({ status: 'ended', sweepId: 'sweep-1' });
    expect(second.totals).toEqual(totals);
    expect(second.digest?.interfaces).toEqual(digest?.interfaces);
    expect(new Set(read(stage)).size).toBe(read(stage).length);
    expect(read(stage).length).toBe(whole.countCalls('readSnapshot'));
    expect(stage.notices.map(({ kind }) => kind)).toEqual(['digest']);
    // What was read ahead is listed once more.
    expect(countCalls('listPage')).toBeLessThanOrEqual(whole.countCalls('listPage') + 3);
    expect(readState()).not.toHaveProperty('underway');
  });

  it('counts a function once whose versions begin the page that the next run goes on from', async () => {
    const stage = createSweepStage(manyAttached(6), { pageSize: 4 });
    const { tick, clock, versions, afterPages, readState } = stage;
    for (let at = 0; at < 6; at += 1) {
      versions.set(arnOf(`attached-${at}`), ['1', '2'].map(versionOf));
    }
    afterPages.push(nothing, nothing, nothing, () => {
      clock.nowMs += QUARTER_MS;
    });

    expect(await tick()).toMatchObject({ status: 'handed-over', totals: { scanned: 3 } });
    // It begins with the versions of the second function; the third one is the first of its own.
    expect(readState().underway?.marker).toBe('marker-1');
    clock.nowMs += QUARTER_MS;
    const { totals, digest } = await tick();

    expect(totals).toMatchObject({ scanned: 6 });
    expect(read(stage)).toEqual(Object.keys(manyAttached(6)));
    expect(digest?.interfaces).toMatchObject([
      { subnets: [{ sets: [{ functions: 6 }] }, { sets: [{ functions: 6 }] }] },
    ]);
  });

  it('writes down on the way how far it has come', async () => {
    const { tick, clock, afterPages, calls, seen } = createSweepStage(manyPlain(40), {
      pageSize: 10,
    });
    const pass = () => {
      clock.nowMs += 20_000;
    };
    afterPages.push(pass, pass, pass, pass);

    await tick();

    const kept = calls.filter(({ port }) => port === 'keepSeen');
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(kept.map(({ args }) => args[1])).toEqual(kept.map((_, part) => part));
    const names = [...seen.values()].flat().map(({ functionName }) => functionName);
    expect(new Set(names).size).toBe(names.length);
  });

  it('writes nothing down while orders wait that would be lost', async () => {
    const { tick, clock, afterPages, inject, queue, readState } = createSweepStage(
      { stray: { attachment: ATTACHMENTS.forbidden }, ...manyPlain(40) },
      { pageSize: 10 },
    );
    const pass = () => {
      clock.nowMs += 20_000;
    };
    afterPages.push(pass, pass, pass, () => {
      inject('listPage', {
        errorBefore: new GuardrailError('could not list', { code: 'OBSERVATION_FAILED' }),
      });
    });
    await expect(tick()).rejects.toThrow('could not list');
    expect(readState()).toMatchObject({ underway: { parts: 0, totals: { scanned: 0 } } });
    expect(queue).toEqual([]);
    clock.nowMs += QUARTER_MS;

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 41 } });
    expect(queue).toHaveLength(1);
  });
});

describe('sweepAccount: pages', () => {
  it('looks at what is created meanwhile, and not at what is deleted', async () => {
    const { tick, afterPages, snapshots, add, records, ordered } = createSweepStage(
      { ...manyAttached(4), ...manyPlain(4) },
      { pageSize: 2 },
    );
    afterPages.push(nothing, () => {
      snapshots.delete(arnOf('attached-3'));
      snapshots.delete(arnOf('plain-0000'));
      add('new', ATTACHED);
    });

    expect(await tick()).toMatchObject({
      totals: { scanned: 7 },
      digest: { deleted: { functions: 0 } },
    });
    expect(records.has(arnOf('new'))).toBe(true);
    expect(records.has(arnOf('plain-0000'))).toBe(false);
    expect(ordered()).toEqual([]);
  });

  it.each([
    ['throttles the list', 'listPage'],
    ['throttles the table', 'readRecords'],
  ] as const)('fails where AWS %s, and the next tick goes on', async (_, port) => {
    const { tick, clock, afterPages, inject, countCalls } = createSweepStage(manyAttached(60), {
      pageSize: 10,
    });
    const throttled = new GuardrailError('could not list the functions: TooManyRequestsException', {
      code: 'OBSERVATION_FAILED',
    });
    afterPages.push(
      nothing,
      () => {
        clock.nowMs += 20_000;
      },
      nothing,
      () => inject(port, { errorBefore: throttled }),
    );

    await expect(tick()).rejects.toBe(throttled);
    clock.nowMs += QUARTER_MS;
    expect(await tick()).toMatchObject({
      status: 'ended',
      sweepId: 'sweep-1',
      totals: { scanned: 60, compliant: 60 },
    });

    // What was written down is not repeated.
    expect(countCalls('readSnapshot')).toBeLessThan(120);
  });

  it('lists from the head again where a marker has expired, and looks at nothing twice', async () => {
    const stage = createSweepStage(manyAttached(12), { pageSize: 3 });
    const { tick, afterPages, expireMarkers, countCalls } = stage;
    afterPages.push(nothing, expireMarkers);

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 12 } });
    expect(read(stage)).toHaveLength(12);
    // Two pages, one that AWS does not know, and all four.
    expect(countCalls('listPage')).toBe(7);
  });

  it('loses no version where a marker has expired in the middle of a function', async () => {
    const { tick, afterPages, expireMarkers, versions } = createSweepStage(manyAttached(2), {
      pageSize: 3,
    });
    const { attachment } = versionOf('2');
    versions.set(arnOf('attached-1'), [
      versionOf('1'),
      { version: '2', aliases: [], attachment: { ...attachment, securityGroupIds: ['sg-2'] } },
    ]);
    afterPages.push(expireMarkers);

    const { totals, digest } = await tick();

    expect(totals).toMatchObject({ scanned: 2 });
    expect(digest?.interfaces).toMatchObject([{ interfaces: 4 }]);
  });

  it('lists from the head again where the marker has expired that it goes on from', async () => {
    const stage = createSweepStage(manyAttached(12), { pageSize: 3 });
    const { tick, afterPages, expireMarkers, clock, readState } = stage;
    afterPages.push(nothing, nothing, () => {
      clock.nowMs += QUARTER_MS;
    });
    expect(await tick()).toMatchObject({ status: 'handed-over' });
    expect(readState().underway).toHaveProperty('marker');
    expireMarkers();
    clock.nowMs += QUARTER_MS;

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 12 } });
    expect(read(stage).toSorted()).toEqual(Object.keys(manyAttached(12)).toSorted());
  });

  it('gives up where AWS knows no marker at all', async () => {
    const { tick, afterPages, expireMarkers, countCalls } = createSweepStage(manyPlain(12), {
      pageSize: 3,
    });
    afterPages.push(...Array.from({ length: 99 }, () => expireMarkers));

    await expect(tick()).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
    expect(countCalls('listPage')).toBeLessThan(10);
  });

  it('looks once more at a function whose versions AWS lists apart from it', async () => {
    const { tick, inject, records } = createSweepStage(manyAttached(3), { pageSize: 1 });
    const { attachment } = ATTACHED;
    const one = {
      functionArn: arnOf('attached-0'),
      role: 'role',
      attachment,
      canBeIdle: true,
      packageType: 'Zip',
      hasSnapStart: false,
      hasCapacityProvider: false,
    };
    const two = { ...one, functionArn: arnOf('attached-1') };
    inject('listPage', { answer: { functions: [one, two, { ...one, version: '1' }] } });

    expect(await tick()).toMatchObject({ status: 'ended', totals: { scanned: 3 } });
    expect(records.size).toBe(2);
  });
});

describe('sweepAccount: what may not be read', () => {
  const denied = (action: string, functionArn: string) =>
    new GuardrailError(
      `could not read function: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/guardrail/sweep is not authorized to perform: ${action} on resource: ${functionArn}`,
      { code: 'OBSERVATION_FAILED' },
    );

  it('says how many functions it knows nothing of, and ends', async () => {
    const { tick, inject, notices, account } = createSweepStage(manyAttached(3));
    for (let at = 0; at < 3; at += 1) {
      inject('readSnapshot', {
        errorBefore: denied('lambda:GetFunction', arnOf(`attached-${at}`)),
      });
    }

    expect(await tick()).toMatchObject({
      status: 'ended',
      totals: {
        scanned: 3,
        compliant: 0,
        unknown: { functions: 3, names: ['attached-0', 'attached-1', 'attached-2'] },
      },
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['digest']);
    expect(account.approvedPolicy).toBeUndefined();
  });

  it('fails with the permission that is missing where it may not even list', async () => {
    const { tick, inject } = createSweepStage(manyPlain(3));
    inject('listPage', { errorBefore: denied('lambda:ListFunctions', '*') });

    await expect(tick()).rejects.toThrow('not authorized to perform: lambda:ListFunctions');
  });

  it('ends where neither network, roles, quota nor exemptions are known', async () => {
    const { tick, inject } = createSweepStage(manyAttached(2), {
      policy: sweepingPolicy({
        controls: controlsWith({ 'LVG.6': {}, 'LVG.7': {}, 'LVG.11': {} }),
      }),
    });
    inject('readNetwork', { answer: { unknown: 'denied: ec2:DescribeSubnets' } });
    inject('readRole', { answer: { unknown: 'denied: iam:SimulatePrincipalPolicy' } });
    inject('readRole', { answer: { unknown: 'denied: iam:SimulatePrincipalPolicy' } });
    inject('readInterfaceQuota', { answer: { unknown: 'denied: servicequotas:GetServiceQuota' } });

    const { status, totals, digest } = await tick();

    expect(status).toBe('ended');
    expect(totals).toMatchObject({ scanned: 2, compliant: 0, unknown: { functions: 2 } });
    expect(digest?.interfaces).toMatchObject([
      { interfaces: 2, unknownQuota: 'denied: servicequotas:GetServiceQuota' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { DETACHED } from '../../functions/core/attachment.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { ARN, ATTACHMENTS, changeOf, enforcingPolicy, snapshotOf } from '../support/builders.ts';
import { createDrill, type Drill, settingsOf } from '../support/drill.ts';
import { createFakeWorld } from '../support/fakes.ts';

async function settledDrill(): Promise<Drill> {
  const drill = createDrill();
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(60_000);
  return drill;
}

describe('enforceFunction while AWS works', () => {
  it('looks again after 15, 30, 60, 120, 240, 480 and 900 s, ten times at most', async () => {
    const world = createFakeWorld();
    const settings = settingsOf(enforcingPolicy());
    world.snapshots.set(ARN, snapshotOf({ state: 'Pending' }));
    const delays: number[] = [];

    await enforceFunction({ functionArn: ARN, hops: 0, wake: false }, world.ports, settings);
    for (const next of queued()) {
      delays.push(next.delaySeconds);
      world.clock.nowMs += next.delaySeconds * 1000;
      await enforceFunction(next.order, world.ports, settings);
    }

    expect(delays).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900, 900]);

    function* queued() {
      for (let next = world.queue.shift(); next !== undefined; next = world.queue.shift()) {
        yield next;
      }
    }
  });

  it('starts one chain however many messages ask for a look', async () => {
    const world = createFakeWorld();
    const settings = settingsOf(enforcingPolicy());
    world.snapshots.set(ARN, snapshotOf({ state: 'Pending' }));

    for (let count = 0; count < 20; count += 1) {
      await enforceFunction({ functionArn: ARN, hops: 0, wake: false }, world.ports, settings);
      world.clock.nowMs += 500;
    }

    expect(world.queue).toHaveLength(1);
  });

  it('looks earlier than the chain would when something new happens', async () => {
    const world = createFakeWorld();
    const settings = settingsOf(enforcingPolicy());
    world.snapshots.set(ARN, snapshotOf({ state: 'Pending' }));
    await enforceFunction({ functionArn: ARN, hops: 5, wake: false }, world.ports, settings);
    world.clock.nowMs += 60_000;

    await enforceFunction({ functionArn: ARN, hops: 0, wake: false }, world.ports, settings);

    expect(world.queue.map(({ delaySeconds }) => delaySeconds)).toEqual([480, 15]);
  });

  it('goes on with the chain where the clock of its handler is a little behind', async () => {
    const world = createFakeWorld();
    const settings = settingsOf(enforcingPolicy());
    world.snapshots.set(ARN, snapshotOf({ state: 'Pending' }));
    await enforceFunction({ functionArn: ARN, hops: 0, wake: false }, world.ports, settings);
    world.clock.nowMs += 14_500;

    await enforceFunction({ functionArn: ARN, hops: 1, wake: false }, world.ports, settings);

    expect(world.queue.map(({ delaySeconds }) => delaySeconds)).toEqual([15, 30]);
  });
});

describe('enforceFunction on a function that is gone', () => {
  it('ends the generation at once by the word of an event', async () => {
    const drill = await settledDrill();
    drill.remove();

    await drill.run();

    expect(drill.record()).toMatchObject({ isDeleted: true, generation: 1, outbox: [] });
    expect(drill.record()).not.toHaveProperty('baseline');
    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'not-judged',
      reason: 'the function was deleted',
    });
  });

  it('never takes a function for the one that had its name before', async () => {
    const drill = await settledDrill();
    drill.pass(60_000);
    drill.remove();
    drill.create(ATTACHMENTS.detached);

    await drill.run();

    expect(drill.outcomes.map(({ remediation }) => remediation)).not.toContain('revert');
    expect(drill.outcomes).toContainEqual(
      expect.objectContaining({ remediation: 'quarantine', cause: 'create' }),
    );
    expect(drill.record()).toMatchObject({ generation: 2, quarantine: {} });
    expect(drill.record()).not.toHaveProperty('baseline');
    expect(drill.world.notices[0]?.text).toContain('Created by');
  });

  it('looks at a function that was created again though the event of that is lost', async () => {
    const drill = await settledDrill();
    const eventTimeMs = drill.world.clock.nowMs + 60_000;
    drill.send(
      { change: changeOf('detached', { kind: 'delete', eventId: 'delete-1', eventTimeMs }) },
      61_000,
    );

    await drill.run();

    expect(drill.outcomes.map(({ reason }) => reason)).toContain(
      'the function was deleted and created again, and is judged with the event of its create',
    );
    expect(drill.record()).toMatchObject({ isDeleted: false, generation: 2, baseline: {} });
  });

  it('takes no notice of a delete that is older than what it knows', async () => {
    const drill = await settledDrill();
    drill.send({
      change: changeOf('detached', { kind: 'delete', eventId: 'delete-0', eventTimeMs: 1 }),
    });

    await drill.run();

    expect(drill.record()).toMatchObject({ generation: 1, baseline: {} });
  });

  it('ends it without an event after two reads a minute apart', async () => {
    const drill = await settledDrill();
    drill.world.snapshots.delete(ARN);
    drill.send({});
    drill.send({}, 1000);

    await drill.run(30_000);

    expect(drill.record()).toMatchObject({ isDeleted: false, missingSinceMs: expect.any(Number) });
    expect(drill.world.queue).toEqual([]);

    await drill.run();

    expect(drill.record()).toMatchObject({ isDeleted: true });
    expect(drill.record()).not.toHaveProperty('missingSinceMs');
    expect(drill.outcomes.at(-1)).toMatchObject({ reason: 'the function is gone' });
  });

  it('forgets that it was not found once it is there again', async () => {
    const drill = await settledDrill();
    const snapshot = drill.snapshot();
    drill.world.snapshots.delete(ARN);
    drill.send({});
    await drill.run(10_000);
    drill.world.snapshots.set(ARN, snapshot);

    await drill.run();

    expect(drill.record()).not.toHaveProperty('missingSinceMs');
    expect(drill.record()).toMatchObject({ baseline: { attachment: ATTACHMENTS.approved } });
  });

  it('writes nothing of a function that it never knew, and nothing twice of one that is gone', async () => {
    const drill = createDrill();
    drill.send({});
    await drill.run();

    expect(drill.world.records.size).toBe(0);

    drill.create(DETACHED);
    await drill.run();
    drill.remove();
    await drill.run();
    const { version } = drill.record();
    drill.send({});
    await drill.run();

    expect(drill.record().version).toBe(version);
    expect(drill.outcomes.at(-1)).toMatchObject({ reason: 'there is no such function' });
  });
});

describe('enforceFunction on a wake', () => {
  async function idleDrill(wake: readonly string[]): Promise<Drill> {
    const drill = createDrill(enforcingPolicy({ idle: { report: true, wake } }));
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.fallIdle();
    return drill;
  }

  it('wakes an idle function that is listed, and tells how it ended', async () => {
    const drill = await idleDrill(['orders-*']);
    drill.send({ wake: true });

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ state: 'Active' });
    expect(drill.noticeKinds()).toEqual(['wake']);
    expect(drill.world.notices[0]?.subject).toBe('[low] orders-api was idle and is awake again');
    expect(drill.record().intent).toBeUndefined();
  });

  it('leaves one alone that is not listed, or that nobody asked to wake', async () => {
    const drill = await idleDrill(['nightly-*']);
    drill.send({ wake: true });
    drill.send({});

    await drill.run();

    expect(drill.world.calls.some(({ port }) => port === 'wake')).toBe(false);
  });

  it('says so when AWS cannot bring it back', async () => {
    const drill = await idleDrill(['*']);
    drill.send({ wake: true });
    await drill.run(1000);
    drill.world.snapshots.set(ARN, {
      ...drill.snapshot(),
      state: 'Inactive',
      stateReasonCode: 'InsufficientRolePermissions',
    });

    await drill.run();

    expect(drill.world.notices).toMatchObject([
      {
        kind: 'wake',
        subject: '[low] orders-api could not be woken',
        text: expect.stringContaining('AWS reports it as Inactive (InsufficientRolePermissions)'),
        nextSteps: [expect.stringContaining('network permissions')],
      },
    ]);
  });

  it.each([
    [{ status: 'throttled' }, 'its reserved concurrency does not let it run'],
    [{ status: 'refused', error: 'ENILimitReachedException: no' }, 'ENILimitReachedException'],
  ] as const)('tells of a wake that is refused as $status', async (answer, words) => {
    const drill = await idleDrill(['*']);
    drill.world.inject('wake', { answer });
    drill.send({ wake: true });

    await drill.run();

    expect(drill.world.notices).toMatchObject([
      { kind: 'wake', subject: '[low] orders-api was not woken: refused by AWS' },
    ]);
    expect(drill.world.notices[0]?.text).toContain(words);
  });
});

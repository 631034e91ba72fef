import { describe, expect, it } from 'vitest';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { accountOf, arnOf } from '../support/swept-account.ts';

const MINUTE_MS = 60_000;

const crash = () => ({ errorBefore: new Error('the process died') });

describe('a tripped breaker', () => {
  it('is told of once by handlers that meet it at the same time', async () => {
    const { world, enforce } = accountOf({ strays: 5, max: 2 });

    await Promise.all([0, 1, 2, 3, 4].map((index) => enforce(`stray-${index}`)));

    const breaker = world.notices.filter(({ kind }) => kind === 'breaker');
    expect(breaker).toMatchObject([{ severity: 'critical', remediation: 'withheld' }]);
    expect(breaker[0]).not.toHaveProperty('functionArn');
    expect(world.account.toldTrip).toBe(world.account.trip?.id);
    expect(world.quarantined()).toBe(2);
    expect(world.notices.filter(({ remediation }) => remediation === 'withheld')).toHaveLength(4);
  });

  it('is told of by another handler a minute after the first one died before it published', async () => {
    const { world, enforce } = accountOf({ strays: 3, max: 0 });
    world.inject('publish', crash());
    await expect(enforce('stray-0')).rejects.toThrow('the process died');
    world.clock.nowMs += MINUTE_MS - 1;
    await enforce('stray-1');
    expect(world.noticeKinds()).toEqual(['violation']);

    world.clock.nowMs += 1;
    await enforce('stray-2');

    expect(world.noticeKinds()).toEqual(['violation', 'breaker', 'violation']);
  });

  it('is told of again, under the same id, where the first one died before it noted that', async () => {
    const { world, enforce } = accountOf({ strays: 3, max: 0 });
    world.inject('noteTripTold', crash());
    await expect(enforce('stray-0')).rejects.toThrow('the process died');
    world.clock.nowMs += MINUTE_MS;
    await enforce('stray-1');
    world.clock.nowMs += MINUTE_MS;
    await enforce('stray-2');

    const ids = world.notices.filter(({ kind }) => kind === 'breaker').map(({ id }) => id);
    expect(ids).toEqual([ids[0], ids[0]]);
  });

  it('costs the granted path no call', async () => {
    const { world, enforce } = accountOf({ strays: 1, max: 1 });

    await enforce('stray-0');

    const ports = world.calls.map(({ port }) => port);
    expect(ports.filter((port) => /token|trip|breaker|policy/i.test(port))).toEqual(['takeToken']);
  });

  it('lets a plan through, and withholds the rest', async () => {
    const { world, rescan, work, settings } = accountOf({ strays: 3, max: 0 });
    await rescan();
    await work();
    expect(world.quarantined()).toBe(0);
    world.account.plan = {
      policyHash: settings.policy.hash,
      functionArns: [arnOf('stray-1')],
      max: 1,
      expiresMs: world.clock.nowMs + 10 * MINUTE_MS,
    };
    world.clock.nowMs += MINUTE_MS;

    await rescan();
    await work();

    expect(world.snapshots.get(arnOf('stray-1'))?.reservedConcurrency).toBe(0);
    expect(world.quarantined()).toBe(1);
    expect(world.account.breaker).toBe('tripped');
  });

  it('holds back no quarantine of a function at its creation', async () => {
    const { world, settings } = accountOf({ strays: 1, max: 0 });
    world.account.breaker = 'tripped';
    const functionArn = arnOf('stray-0');
    const change = {
      eventId: 'event-1',
      eventName: 'CreateFunction20150331',
      kind: 'create',
      eventTimeMs: world.clock.nowMs - 1000,
      functionArn,
      actor: { principalArn: 'arn:aws:iam::123456789012:role/deploy' },
      isAttachmentRequested: true,
    } as const;

    await enforceFunction({ functionArn, hops: 0, wake: false, change }, world.ports, settings);

    expect(world.quarantined()).toBe(1);
  });
});

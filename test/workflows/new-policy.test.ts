import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { accountOf, arnOf } from '../support/swept-account.ts';

const UNREADABLE = new GuardrailError('could not read', { code: 'OBSERVATION_FAILED' });

describe('a policy that nobody has approved', () => {
  it('trips the breaker before anything is enqueued where it plans more than the limit', async () => {
    const { world, rescan, settings } = accountOf({ strays: 5, max: 2 });

    const { remediations } = await rescan();

    expect(remediations).toHaveLength(5);
    expect(world.account).toMatchObject({
      breaker: 'tripped',
      trip: { reason: 'new-policy', policyHash: settings.policy.hash, count: 3 },
    });
    const ports = world.calls.map(({ port }) => port);
    expect(ports.indexOf('tripBreaker')).toBeLessThan(ports.indexOf('enqueue'));
    expect(world.queue).toHaveLength(5);
    expect(world.noticeKinds()).toEqual(['breaker']);
  });

  it('has what it plans withheld, and each violation told', async () => {
    const { world, rescan, work } = accountOf({ strays: 4, max: 2 });

    await rescan();
    await work();

    expect(world.quarantined()).toBe(0);
    expect(world.noticeKinds()).toEqual(['breaker', ...Array(4).fill('violation')]);
    expect(world.account.approvedPolicy).toBeUndefined();
  });

  it('holds back no more than one over the limit and what is looked at meanwhile', async () => {
    const { world, rescan } = accountOf({ strays: 80, max: 2 });

    await rescan();

    const ports = world.calls.map(({ port }) => port);
    const readBefore = ports.slice(0, ports.indexOf('tripBreaker'));
    expect(readBefore.filter((port) => port === 'readSnapshot').length).toBeLessThanOrEqual(3 + 25);
    expect(ports.filter((port) => port === 'tripBreaker')).toHaveLength(1);
    expect(new Set(world.queue.map(({ order }) => order.functionArn)).size).toBe(80);
    expect(world.queue).toHaveLength(80);
  });

  it('is approved where all that it plans is within the limit, and then enqueued', async () => {
    const { world, rescan, work, settings } = accountOf({ strays: 2, max: 2 });

    await rescan();

    const ports = world.calls.map(({ port }) => port);
    expect(ports.lastIndexOf('readSnapshot')).toBeLessThan(ports.indexOf('enqueue'));
    expect(world.account).toMatchObject({
      breaker: 'closed',
      approvedPolicy: settings.policy.hash,
    });
    await work();
    expect(world.quarantined()).toBe(2);
    expect(world.noticeKinds()).not.toContain('breaker');
  });

  it('holds back nothing that costs no budget', async () => {
    const { world, rescan } = accountOf({ strays: 1, idle: 2, max: 2 });

    await rescan();

    const order = world.calls.flatMap(({ port, args }) => {
      const [about] = args as readonly [{ readonly functionArn?: string }];
      if (port === 'approvePolicy') return [port];
      return port === 'enqueue' ? [`${about.functionArn?.split(':').at(-1)}`] : [];
    });
    expect(order).toEqual(['idle-0', 'idle-1', 'approvePolicy', 'stray-0']);
  });

  it.each([
    ['of named functions', { functions: ['stray-*'] }, 4],
    // What is only told of is written down by the rescan itself.
    ['in audit', { mode: 'audit' as const }, 0],
  ])('is neither approved nor stopped by a rescan %s', async (_, request, enqueued) => {
    const { world, rescan } = accountOf({ strays: 4, max: 2 });

    await rescan(request);

    expect(world.account.breaker).toBe('closed');
    expect(world.account.approvedPolicy).toBeUndefined();
    expect(world.queue).toHaveLength(enqueued);
    expect([...world.records.values()].filter(({ violation }) => violation)).toHaveLength(
      4 - enqueued,
    );
    expect(world.calls.map(({ port }) => port)).not.toContain('approvePolicy');
  });

  it('is not approved where one function could not be read, and what it plans goes on', async () => {
    const { world, rescan } = accountOf({ strays: 2, max: 2 });
    world.inject('readSnapshot', { errorBefore: UNREADABLE });

    await rescan();

    expect(world.account.approvedPolicy).toBeUndefined();
    expect(world.queue.map(({ order }) => order.functionArn)).toEqual([arnOf('stray-1')]);
  });

  it('has nothing enqueued where the breaker cannot be tripped', async () => {
    const { world, rescan } = accountOf({ strays: 5, max: 2 });
    world.inject('tripBreaker', { errorBefore: UNREADABLE });

    await expect(rescan()).rejects.toBe(UNREADABLE);

    expect(world.queue).toEqual([]);
  });

  it('neither trips nor is approved beside a breaker that is tripped already', async () => {
    const { world, rescan } = accountOf({ strays: 2, max: 2 });
    world.account.breaker = 'tripped';

    await rescan();

    expect(world.account).not.toHaveProperty('trip');
    expect(world.account.approvedPolicy).toBeUndefined();
    expect(world.queue).toHaveLength(2);
  });

  it('is told of by nobody else where another rescan tripped the breaker first', async () => {
    const { world, rescan } = accountOf({ strays: 5, max: 2 });
    world.inject('tripBreaker', { answer: undefined });

    await rescan();

    expect(world.noticeKinds()).toEqual([]);
    expect(world.queue).toHaveLength(5);
  });
});

describe('a policy that is approved', () => {
  it('goes by the window alone', async () => {
    const { world, rescan, work, settings } = accountOf({ strays: 4, max: 2 });
    world.account.approvedPolicy = settings.policy.hash;

    await rescan();
    await work();

    expect(world.quarantined()).toBe(2);
    expect(world.account.trip).toMatchObject({ reason: 'limit', count: 3 });
  });
});

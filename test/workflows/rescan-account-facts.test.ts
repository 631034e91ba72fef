import { describe, expect, it } from 'vitest';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { ATTACHMENTS, controlsWith, enforcingPolicy, snapshotOf } from '../support/builders.ts';
import { settingsOf } from '../support/drill.ts';
import { createFakeWorld } from '../support/fakes.ts';
import { rescanIn } from '../support/rescan-in.ts';

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

function accountOf(
  functions: Readonly<Record<string, Partial<FunctionSnapshot>>>,
  controls: Parameters<typeof controlsWith>[0],
) {
  const world = createFakeWorld();
  for (const [name, given] of Object.entries(functions)) {
    const functionArn = arnOf(name);
    world.snapshots.set(functionArn, snapshotOf({ functionArn, ...given }));
  }
  const settings = settingsOf(enforcingPolicy({ controls: controlsWith(controls) }));
  const calls = (port: string) => world.calls.filter((call) => call.port === port).length;
  return {
    world,
    calls,
    rescan: () => rescanIn(world, { functions: ['*'], wake: false, verdicts: false }, settings),
  };
}

describe('rescanAccount: facts', () => {
  it('reads the network of the account once, however many functions there are', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, {}]));
    const { rescan, calls, world } = accountOf(many, { 'LVG.6': {}, 'LVG.10': {} });

    expect(await rescan()).toMatchObject({ scanned: 30, compliant: 30 });
    expect(calls('readNetwork')).toBe(1);
    expect(world.calls.find(({ port }) => port === 'readNetwork')?.args).toEqual(['every', true]);
  });

  it('reads it once where no function is in one, too: nobody knows before the list ends', async () => {
    const { rescan, calls } = accountOf({ alone: { attachment: ATTACHMENTS.detached } }, {});

    await rescan();

    expect(calls('readNetwork')).toBe(1);
  });

  it('judges roles, and asks for a thorough look where one lacks something', async () => {
    const { rescan, world } = accountOf({ orders: {} }, { 'LVG.7': { onFound: 'quarantine' } });
    world.inject('readRole', { answer: { value: { denied: ['ec2:DescribeSubnets'] } } });

    expect(await rescan()).toMatchObject({ findings: [{ controlId: 'LVG.7' }] });
    expect(world.queue).toMatchObject([{ order: { isThorough: true } }]);
  });

  it('asks for the aliases only of versions that are elsewhere', async () => {
    const { rescan, world, calls } = accountOf({ orders: {}, billing: {} }, { 'LVG.15': {} });
    const published = { version: '1', aliases: ['live'] };
    world.versions.set(arnOf('orders'), [{ ...published, attachment: ATTACHMENTS.approved }]);
    world.versions.set(arnOf('billing'), [{ ...published, attachment: ATTACHMENTS.forbidden }]);

    const { findings, scanned } = await rescan();

    expect(scanned).toBe(2);
    expect(findings).toMatchObject([
      {
        controlId: 'LVG.15',
        functionArn: arnOf('billing'),
        reason: expect.stringContaining('live'),
      },
    ]);
    expect(calls('readVersions')).toBe(1);
  });

  it('says how full a VPC is, of functions and versions, and enqueues nothing for it', async () => {
    const { rescan, world } = accountOf({ orders: {} }, { 'LVG.11': {} });
    world.inject('readInterfaceQuota', { answer: { value: 4 } });
    world.versions.set(arnOf('orders'), [
      {
        version: '1',
        aliases: [],
        attachment: { ...ATTACHMENTS.approved, securityGroupIds: ['sg-2'] },
      },
    ]);
    const first = await rescan();
    world.queue.length = 0;
    world.inject('readInterfaceQuota', { answer: { value: 4 } });

    expect(first).toMatchObject({ findings: [{ controlId: 'LVG.11' }], compliant: 0 });
    expect((await rescan()).remediations).toEqual([]);
  });

  it('knows nothing of it where the quota cannot be read', async () => {
    const { rescan, world } = accountOf({ orders: {} }, { 'LVG.11': {} });
    world.inject('readInterfaceQuota', { answer: { unknown: 'nobody may read it' } });

    expect(await rescan()).toMatchObject({
      unknown: [{ functionArn: arnOf('orders'), reason: 'nobody may read it' }],
    });
  });

  it('reads no function in no VPC again that is as it was recorded', async () => {
    const { rescan, world, calls } = accountOf(
      { orders: { attachment: ATTACHMENTS.detached } },
      {},
    );
    const functionArn = arnOf('orders');
    const origin = { attachment: ATTACHMENTS.detached, call: 'CreateFunction' } as const;
    const record = {
      functionArn,
      version: 1,
      generation: 1,
      changedAtMs: 0,
      isDeleted: false,
      violations: 0,
      wakes: 0,
      baseline: origin,
      revertsMs: [],
      recheckAtMs: 0,
      outbox: [],
      unkept: [],
    };
    world.records.set(functionArn, record);

    expect(await rescan()).toMatchObject({ scanned: 1 });
    expect(calls('readSnapshot')).toBe(1);
  });
});

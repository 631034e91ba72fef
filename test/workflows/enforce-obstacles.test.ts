import { describe, expect, it } from 'vitest';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { ATTACHMENTS, controlOf, DEPLOYER, enforcingPolicy, onlyVpc } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

const MINUTE_MS = 60_000;

/** A function with a baseline in the approved network. */
async function settledDrill(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(MINUTE_MS);
  return drill;
}

function callsOf(drill: Drill, port: string): readonly unknown[] {
  return drill.world.calls.filter((call) => call.port === port);
}

describe('enforceFunction against what AWS answers', () => {
  it.each(['stale', 'busy', 'gone'] as const)('looks again after `%s`', async (status) => {
    const drill = await settledDrill();
    drill.world.inject('attach', { answer: { status } });
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.outcomes).toContainEqual(
      expect.objectContaining({ remediation: 'revert', error: status }),
    );
    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
    expect(drill.record().revertsMs).toHaveLength(1);
  });

  it('quarantines after three conflicts, and says who keeps changing the function', async () => {
    const drill = await settledDrill();
    for (const status of ['busy', 'stale', 'busy'] as const) {
      drill.world.inject('attach', { answer: { status } });
    }
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(callsOf(drill, 'attach')).toHaveLength(3);
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.world.notices.at(-1)?.text).toContain(
      `It was quarantined, because 3 reverts met a function that kept changing, last by ${DEPLOYER}.`,
    );
  });

  it('quarantines in the same pass when AWS refuses the target, with its words', async () => {
    const drill = await settledDrill();
    const error = 'InvalidParameterValueException: no';
    drill.world.inject('attach', { answer: { status: 'refused', error } });
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(callsOf(drill, 'attach')).toHaveLength(1);
    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.forbidden,
      reservedConcurrency: 0,
    });
    expect(drill.noticeKinds()).toEqual(['remediation']);
    expect(drill.world.notices[0]?.text).toContain(error);
    expect(drill.outcomes.filter(({ remediation }) => remediation === 'quarantine')).toHaveLength(
      1,
    );
  });

  it('tells once of a quarantine that AWS refuses, and does not try it again by itself', async () => {
    const drill = createDrill();
    const error = 'AccessDeniedException: not authorized';
    drill.world.inject('reserveConcurrency', { answer: { status: 'refused', error } });
    drill.world.inject('reserveConcurrency', { answer: { status: 'refused', error } });
    drill.create(ATTACHMENTS.detached);

    await drill.run();

    expect(callsOf(drill, 'reserveConcurrency')).toHaveLength(1);

    drill.send({});
    await drill.run();

    expect(callsOf(drill, 'reserveConcurrency')).toHaveLength(2);
    expect(drill.world.notices.map(({ subject }) => subject)).toEqual([
      '[high] orders-api was not quarantined: refused by AWS',
    ]);

    drill.send({});
    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
  });

  it.each([
    ['AWS names the target', ATTACHMENTS.approved],
    ['AWS names what it still runs', ATTACHMENTS.forbidden],
  ])('quarantines when the update of a revert fails and %s', async (_, attachment) => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden);
    await drill.run(49_000);
    expect(callsOf(drill, 'attach')).toHaveLength(1);
    drill.world.snapshots.set(drill.snapshot().functionArn, {
      ...drill.snapshot(),
      attachment,
      lastUpdateStatus: 'Failed',
      lastUpdateStatusReasonCode: 'SubnetOutOfIPAddresses',
    });

    await drill.run();

    expect(callsOf(drill, 'attach')).toHaveLength(1);
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.noticeKinds()).toEqual(['remediation', 'remediation']);
    expect(drill.world.notices[1]?.text).toContain('SubnetOutOfIPAddresses');
    expect(drill.record().violation).toMatchObject({ containedMs: expect.any(Number) });
  });

  it('quarantines when subnets of the baseline were deleted', async () => {
    const drill = await settledDrill();
    drill.world.missingNetwork.add('subnet-2');
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(callsOf(drill, 'attach')).toEqual([]);
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.world.notices[0]?.text).toContain('these do not exist: subnet-2');
  });

  it("quarantines when today's policy rejects the baseline", async () => {
    const before = await settledDrill();
    const drill = createDrill(enforcingPolicy({ access: onlyVpc('vpc-2') }));
    drill.world.snapshots.set(before.snapshot().functionArn, before.snapshot());
    drill.world.records.set(before.record().functionArn, before.record());
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(callsOf(drill, 'attach')).toEqual([]);
    expect(drill.world.notices[0]?.text).toContain(
      'because the policy does not allow its last good attachment',
    );
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
  });

  it('quarantines after three reverts within an hour, and not before', async () => {
    const drill = await settledDrill();
    for (let round = 0; round < 4; round += 1) {
      drill.update(ATTACHMENTS.forbidden);
      await drill.run();
      drill.pass(5 * MINUTE_MS);
    }

    expect(callsOf(drill, 'attach')).toHaveLength(3);
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.world.notices.at(-1)?.text).toContain(
      `it was reverted 3 times within 60 minutes and changed again, last by ${DEPLOYER}`,
    );
  });

  it('quarantines at once what has to be contained, and releases it after the revert', async () => {
    const controls = { 'LVG.1': controlOf({ contain: true, severity: 'critical' }) };
    const drill = await settledDrill(enforcingPolicy({ controls }));
    drill.update(ATTACHMENTS.forbidden);

    await drill.run(5_000);

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
    expect(drill.noticeKinds()).toEqual(['remediation', 'remediation', 'release']);
  });
});

describe('enforceFunction against other handlers', () => {
  it('lets one of several handlers at once act, and ends the same', async () => {
    const drill = await settledDrill();
    const { ports, settings, world } = drill;
    drill.update(ATTACHMENTS.forbidden);
    await drill.run(10_000);
    drill.pass(20_000);
    const order = { functionArn: drill.record().functionArn, hops: 1, wake: false };

    const ends = await Promise.allSettled(
      [order, order, order].map((same) => enforceFunction(same, ports, settings)),
    );

    const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(errors).toHaveLength(2);
    expect(errors).toMatchObject([{ code: 'RECORD_STALE' }, { code: 'RECORD_STALE' }]);

    drill.send(order, 180_000);
    drill.send(order, 180_000);
    await drill.run();

    expect(callsOf(drill, 'attach')).toHaveLength(1);
    expect(world.notices.map(({ kind }) => kind)).toEqual(['remediation', 'resolution']);
    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
  });

  it('keeps out of the way of an intent that another handler has just written', async () => {
    const drill = createDrill();
    drill.world.inject('reserveConcurrency', { errorBefore: new Error('the process died') });
    drill.create(ATTACHMENTS.forbidden);
    await drill.run(5_000);
    const { functionArn, version } = drill.record();

    const other = enforceFunction(
      { functionArn, hops: 0, wake: false },
      drill.ports,
      drill.settings,
    );

    await expect(other).rejects.toMatchObject({ code: 'RECORD_STALE', retryable: true });
    expect(drill.record().version).toBe(version);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.noticeKinds()).toEqual(['remediation']);
  });
});

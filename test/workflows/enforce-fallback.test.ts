import { describe, expect, it } from 'vitest';
import type { FallbackAttachment } from '../../functions/core/policy.ts';
import {
  ARN,
  ATTACHMENTS,
  controlsWith,
  enforcingPolicy,
  snapshotOf,
} from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

const FALLBACK = ATTACHMENTS.alsoApproved;

function drillWith(given: Partial<FallbackAttachment> = {}): Drill {
  const { subnetIds, securityGroupIds } = FALLBACK;
  return createDrill(
    enforcingPolicy({
      controls: controlsWith({ 'LVG.1': { onCreate: 'revert', onFound: 'revert' } }),
      fallbackAttachment: { subnetIds, securityGroupIds, onCreate: false, ...given },
    }),
  );
}

function find(drill: Drill): void {
  drill.world.snapshots.set(ARN, snapshotOf({ attachment: ATTACHMENTS.forbidden }));
  drill.send({});
}

describe('the fallback attachment', () => {
  it('is where a function goes of which no good attachment is known', async () => {
    const drill = drillWith();
    find(drill);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: FALLBACK });
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
    expect(drill.record()).toMatchObject({ baseline: { attachment: FALLBACK } });
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
    expect(drill.world.notices[0]).toMatchObject({
      remediation: 'fallback',
      subject: '[high] orders-api is being moved to the fallback',
      text: expect.stringContaining(
        'to the fallback, vpc-1 (subnet subnet-3; security group sg-1), because no compliant attachment of it is known.',
      ),
    });
  });

  it('is not where a function goes that has a good baseline', async () => {
    const drill = drillWith();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(120_000);
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot().attachment).toEqual(ATTACHMENTS.approved);
    expect(drill.world.calls.some(({ args }) => args[0] === 'every')).toBe(false);
  });

  it('is where a new function goes only where the policy says so', async () => {
    const usual = drillWith();
    const eager = drillWith({ onCreate: true });
    for (const drill of [usual, eager]) {
      drill.create(ATTACHMENTS.forbidden);
      await drill.run();
    }

    expect(usual.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.forbidden,
      reservedConcurrency: 0,
    });
    expect(eager.snapshot().attachment).toEqual(FALLBACK);
  });

  it.each([
    ['the policy does not allow it', { subnetIds: ['subnet-9'], securityGroupIds: ['sg-9'] }],
    ['it does not exist', { subnetIds: ['subnet-gone'] }],
  ])('ends in quarantine where %s', async (_, given) => {
    const drill = drillWith(given);
    find(drill);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.forbidden,
      reservedConcurrency: 0,
    });
  });

  it('waits in quarantine while the network cannot be read', async () => {
    const drill = drillWith();
    find(drill);
    drill.world.inject('readNetwork', { answer: { unknown: 'nobody may read it' } });

    await drill.run(1_000);

    expect(drill.snapshot().reservedConcurrency).toBe(0);
    expect(drill.world.notices[0]?.text).toContain('could not be looked up');
  });

  it('comes after a baseline that AWS refused, and before a quarantine', async () => {
    const drill = drillWith();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(120_000);
    drill.world.inject('attach', { answer: { status: 'refused', error: 'InvalidSubnet: no' } });
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot().attachment).toEqual(FALLBACK);
    expect(drill.world.notices.at(0)?.text).toContain('AWS refused');
  });
});

import { describe, expect, it } from 'vitest';
import type { CompiledPolicy, Exemption } from '../../functions/core/policy.ts';
import {
  ARN,
  ATTACHMENTS,
  controlsWith,
  enforcingPolicy,
  snapshotOf,
} from '../support/builders.ts';
import { createDrill, settingsOf } from '../support/drill.ts';
import { createFakeWorld } from '../support/fakes.ts';
import { rescanIn } from '../support/rescan-in.ts';

const DAY_MS = 86_400_000;
const PLATFORM = 'arn:aws:iam::123456789012:role/platform-ops';

function policyWith(given: Partial<Exemption> = {}): CompiledPolicy {
  return enforcingPolicy({
    exemptions: [
      {
        id: 'exemption-1',
        functions: ['orders-*'],
        controls: ['LVG.1'],
        owner: 'payments',
        reason: 'a migration',
        expires: '2026-11-25',
        includeNew: false,
        ...given,
      },
    ],
    trustedTags: [{ key: 'legacy', writers: ['arn:aws:iam::*:role/platform-*'] }],
  });
}

describe('an exemption by name', () => {
  it('leaves alone a function that was there before it', async () => {
    const drill = createDrill(policyWith());
    const lastModifiedMs = drill.world.clock.nowMs - DAY_MS;
    drill.world.snapshots.set(
      ARN,
      snapshotOf({ attachment: ATTACHMENTS.forbidden, lastModifiedMs }),
    );
    drill.send({});

    await drill.run();

    expect(drill.outcomes).toMatchObject([
      { remediation: 'none', reason: 'it is exempt: payments answers for it until 2026-11-25' },
    ]);
    expect(drill.noticeKinds()).toEqual(['exemption']);
  });

  it('covers no function that was created after it', async () => {
    const drill = createDrill(policyWith());
    drill.create(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot().reservedConcurrency).toBe(0);
  });

  it('covers new functions where it says so', async () => {
    const drill = createDrill(policyWith({ includeNew: true }));
    drill.create(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
  });

  it('covers no function that was deleted and created again', async () => {
    const drill = createDrill(policyWith());
    const lastModifiedMs = drill.world.clock.nowMs - DAY_MS;
    drill.world.snapshots.set(
      ARN,
      snapshotOf({ attachment: ATTACHMENTS.forbidden, lastModifiedMs }),
    );
    drill.send({});
    await drill.run();
    drill.pass(3_600_000);
    drill.remove();
    await drill.run();

    drill.create(ATTACHMENTS.forbidden);
    await drill.run();

    expect(drill.snapshot().reservedConcurrency).toBe(0);
  });

  it('is told to end soon by the next look at any function', async () => {
    const drill = createDrill(policyWith({ functions: ['legacy-*'] }));
    drill.create(ATTACHMENTS.approved);

    await drill.run();
    drill.send({});
    await drill.run();

    expect(drill.noticeKinds()).toEqual(['exemption']);
  });

  it('ends with its last day: after that the policy is enforced', async () => {
    const drill = createDrill(policyWith({ includeNew: true }));
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.pass(4 * DAY_MS);
    drill.send({});

    await drill.run();

    expect(drill.outcomes.at(-1)).toMatchObject({ verdict: 'violation' });
    expect(drill.noticeKinds()).toEqual(['exemption', 'violation']);
  });
});

describe('an exemption by tag', () => {
  it.each([
    ['one of its writers', PLATFORM, 'so it counts', undefined],
    ['somebody else', undefined, 'so it does not count', 0],
  ])('goes by who wrote it: %s', async (_, by, words, reserved) => {
    const drill = createDrill(policyWith({ functions: ['tag:legacy=yes'] }));
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.tag({ legacy: 'yes' }, by);

    await drill.run();

    const [tagged] = drill.world.notices.filter(({ kind }) => kind === 'tag');
    expect(tagged?.text).toContain(words);
    expect(drill.snapshot().reservedConcurrency).toBe(reserved);
  });
});

describe('a rescan', () => {
  function accountWith(expires: string, controls = ['LVG.1']) {
    const world = createFakeWorld();
    const lastModifiedMs = world.clock.nowMs - DAY_MS;
    world.snapshots.set(ARN, snapshotOf({ attachment: ATTACHMENTS.forbidden, lastModifiedMs }));
    const policy = policyWith({ expires, controls });
    const settings = settingsOf({ ...policy, controls: controlsWith({ 'LVG.11': {} }) });
    const rescan = () =>
      rescanIn(world, { functions: ['*'], wake: false, verdicts: false }, settings);
    return { world, rescan };
  }

  it('reports an exempt finding with who answers for it', async () => {
    const { rescan } = accountWith('2027-03-31');

    expect(await rescan()).toMatchObject({
      compliant: 0,
      findings: [
        {
          controlId: 'LVG.1',
          verdict: 'violation',
          exemption: { owner: 'payments', reason: 'a migration', expires: '2027-03-31' },
        },
      ],
      remediations: [],
      unknown: [],
    });
  });

  it('reports what is exempt of the controls that only a sweep judges', async () => {
    const { world, rescan } = accountWith('2027-03-31', ['LVG.1', 'LVG.11']);
    world.inject('readInterfaceQuota', { answer: { value: 1 } });

    expect(await rescan()).toMatchObject({
      findings: [
        { controlId: 'LVG.1', exemption: { owner: 'payments' } },
        { controlId: 'LVG.11', exemption: { owner: 'payments' } },
      ],
    });
  });

  it('tells once of an exemption that ends soon', async () => {
    const { world, rescan } = accountWith('2026-11-25');

    await rescan();
    await rescan();

    expect(world.notices).toMatchObject([{ kind: 'exemption', owner: 'payments' }]);
  });

  it('tells again where the process died before it was noted', async () => {
    const { world, rescan } = accountWith('2026-11-25');
    world.inject('noteEndTold', { errorBefore: new Error('the process died') });
    await expect(rescan()).rejects.toThrow('the process died');
    world.clock.nowMs += 180_000;

    await rescan();

    const [first, second] = world.notices;
    expect(world.notices).toHaveLength(2);
    expect(first?.id).toBe(second?.id);
  });

  it('says nothing of one that goes on for long', async () => {
    const { world, rescan } = accountWith('2027-03-31');

    await rescan();

    expect(world.notices).toEqual([]);
  });
});

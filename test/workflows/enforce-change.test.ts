import { describe, expect, it } from 'vitest';
import {
  ARN,
  ATTACHMENTS,
  controlOf,
  DEPLOYER,
  enforcingPolicy,
  onlyVpc,
} from '../support/builders.ts';
import { createDrill, type Drill, OWN_FUNCTION } from '../support/drill.ts';

const OTHER = 'arn:aws:iam::123456789012:user/mallory';

/** A function with a baseline in the approved network, of which nothing was told yet. */
async function settledDrill(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.world.calls.length = 0;
  drill.outcomes.length = 0;
  return drill;
}

describe('enforceFunction on a change', () => {
  it('reverts a good one that was moved, once AWS has finished the move', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden, OTHER);
    const moved = drill.snapshot().revisionId;

    await drill.run(10_000);

    expect(drill.outcomes).toMatchObject([
      { verdict: 'violation', cause: 'change', remediation: 'none', recheckAfterSeconds: 15 },
    ]);
    expect(drill.noticeKinds()).toEqual([]);

    await drill.run();
    const ports = drill.world.calls.map(({ port }) => port);
    // The two reads go out together: four calls in sequence before the remediation.
    expect(ports.slice(ports.indexOf('attach') - 5, ports.indexOf('attach'))).toEqual([
      'readRecord',
      'readSnapshot',
      'readNetwork',
      'writeRecord',
      'takeToken',
    ]);

    const attach = drill.world.calls.find(({ port }) => port === 'attach');
    expect(attach?.args.slice(0, 2)).toEqual([ARN, ATTACHMENTS.approved]);
    expect(attach?.args[2]).not.toBe(moved);
    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.approved,
      lastUpdateStatus: 'Successful',
    });
    expect(drill.record()).toMatchObject({ baseline: { principalArn: DEPLOYER } });
    expect(drill.record().intent).toBeUndefined();
    expect(drill.record().violation).toBeUndefined();
  });

  it('tells of the revert and of its end in one thread, with who and how long', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden, OTHER);

    await drill.run();

    const [revert, resolution] = drill.world.notices;
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
    expect(resolution?.threadId).toBe(revert?.threadId);
    expect(revert?.text).toContain(`Changed by ${OTHER} at`);
    expect(resolution?.text).toMatch(/lasted \d+ s; it was contained after \d+ s\./);
    expect(resolution).toMatchObject({ severity: 'high', controlId: 'LVG.1' });
  });

  it('reverts one that was detached with empty lists', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.detached);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
  });

  it('costs one read where the attachment is the one that is known', async () => {
    const drill = await settledDrill();
    for (let count = 0; count < 200; count += 1) {
      drill.pass(1000);
      drill.tweak();
    }

    await drill.run();

    expect(drill.world.calls).toHaveLength(200);
    expect(drill.world.calls.every(({ port }) => port === 'readRecord')).toBe(true);
    expect(drill.outcomes.every(({ verdict }) => verdict === 'compliant')).toBe(true);
  });

  it('reads the function where the policy has changed since', async () => {
    const before = await settledDrill();
    const policy = enforcingPolicy({ hash: 'another', access: onlyVpc('vpc-2') });
    const drill = createDrill(policy);
    drill.world.snapshots.set(ARN, before.snapshot());
    drill.world.records.set(ARN, before.record());
    drill.pass(120_000);
    drill.tweak();

    await drill.run();

    expect(drill.outcomes).toMatchObject([{ verdict: 'violation', cause: 'found' }]);
    expect(drill.noticeKinds()).toEqual(['violation']);
  });

  it('writes nothing where a look shows what is known', async () => {
    const drill = await settledDrill();
    drill.send({});

    await drill.run();

    expect(drill.world.calls.map(({ port }) => port)).toEqual(['readRecord', 'readSnapshot']);
  });

  it('follows a change to another good place: that is the baseline then', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.alsoApproved, OTHER);

    await drill.run();

    expect(drill.record()).toMatchObject({
      baseline: { attachment: ATTACHMENTS.alsoApproved, principalArn: OTHER },
    });
    expect(drill.world.notices).toEqual([]);
  });

  it('takes its own event for what it is: nothing more is done', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    const writes = drill.world.calls.filter(({ port }) =>
      ['attach', 'reserveConcurrency'].includes(port),
    );
    expect(writes).toHaveLength(1);
    expect(drill.record().revertsMs).toHaveLength(1);
  });

  it('reverts to the network that the baseline was in, not to one that was tried in between', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden);
    await drill.run(10_000);
    drill.pass(15_000);
    drill.update(ATTACHMENTS.alsoForbidden, OTHER);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
    expect(drill.world.notices[0]?.text).toContain(`Changed by ${OTHER}`);
  });

  it('says nothing of a violation that was over before anything was done', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden);
    await drill.run(10_000);
    drill.update(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.world.notices).toEqual([]);
    expect(drill.record().violation).toBeUndefined();
  });

  it('blames nobody for a violation that another call brings to light', async () => {
    const drill = createDrill(
      enforcingPolicy({ controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) } }),
    );
    drill.create(ATTACHMENTS.forbidden);
    await drill.run(0);
    drill.world.records.clear();
    drill.reserve(5);
    drill.send({ change: { ...changeOfTags(), actor: { principalArn: OTHER } } });

    await drill.run(2000);

    expect(drill.record().violation).toBeDefined();
    expect(drill.record().violation).not.toHaveProperty('actor');
    expect(JSON.stringify(drill.world.notices)).not.toContain(OTHER);
  });

  it('leaves its own functions, and those of others, without a single call', async () => {
    const drill = createDrill();
    drill.send({ functionArn: OWN_FUNCTION });
    drill.send({ functionArn: ARN.replace('us-east-1', 'eu-west-1') });
    drill.send({ functionArn: ARN.replace('123456789012', '999999999999') });

    await drill.run();

    expect(drill.world.calls).toEqual([]);
    expect(drill.outcomes.map(({ reason }) => reason)).toEqual([
      'a function of the guardrail itself',
      'a function of another account or region',
      'a function of another account or region',
    ]);
  });

  it('judges on, and writes nothing more, when the same message comes twice', async () => {
    const drill = await settledDrill();
    drill.update(ATTACHMENTS.forbidden);
    await drill.run();
    const { version } = drill.record();
    const told = drill.world.notices.length;

    for (const order of [...drill.delivered]) drill.send(order);
    await drill.run();

    expect(drill.record().version).toBe(version);
    expect(drill.world.notices).toHaveLength(told);
  });
});

function changeOfTags() {
  return {
    eventId: 'event-tags',
    eventName: 'TagResource20170331v2',
    kind: 'tags',
    eventTimeMs: Date.UTC(2026, 10, 22, 9),
    functionArn: ARN,
    actor: {},
    isAttachmentRequested: false,
  } as const;
}

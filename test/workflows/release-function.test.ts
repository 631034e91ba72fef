import { describe, expect, it } from 'vitest';
import type { ReleaseRequest } from '../../functions/core/release-request.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { releaseFunction } from '../../functions/workflows/release-function.ts';
import { ARN, ATTACHMENTS, enforcingPolicy } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { OWN_ROLE } from '../support/drilled-aws.ts';

const HOUR_MS = 3_600_000;
const ASKED = { functionArn: ARN, reason: 'we need it tonight', force: false };
const FORCED = { ...ASKED, force: true, holdHours: 24 };

/** A function that was created without a VPC and quarantined. */
async function quarantinedDrill(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.detached);
  await drill.run();
  drill.pass(60_000);
  return drill;
}

const release = ({ ports, settings }: Drill, request: ReleaseRequest = ASKED) =>
  releaseFunction(request, ports, settings);

describe('releaseFunction', () => {
  it('refuses while the function violates the policy, and says how', async () => {
    const drill = await quarantinedDrill();

    const answer = await release(drill);

    expect(answer).toMatchObject({
      functionArn: ARN,
      status: 'refused',
      reason: expect.stringContaining('it still violates the policy'),
      findings: [{ controlId: 'LVG.1', verdict: 'violation' }],
    });
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
  });

  it('refuses while AWS runs another attachment than it names', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(60_000);
    drill.obstacles.fail(OWN_ROLE);
    drill.update(ATTACHMENTS.forbidden);
    await drill.run();
    drill.pass(60_000);

    const answer = await release(drill);

    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.approved,
      lastUpdateStatus: 'Failed',
      reservedConcurrency: 0,
    });
    expect(answer).toMatchObject({
      status: 'refused',
      reason: 'AWS does not run the attachment that it names',
    });
  });

  it('releases by force and holds the violation off for so long', async () => {
    const drill = await quarantinedDrill();

    const answer = await release(drill, FORCED);
    drill.send({});
    await drill.run();

    expect(answer).toEqual({
      functionArn: ARN,
      status: 'released',
      reason: 'an operator asked for it: we need it tonight',
    });
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
    expect(drill.record().hold).toMatchObject({ reason: 'we need it tonight' });
    expect(drill.noticeKinds()).toEqual(['remediation', 'release']);
    expect(drill.world.notices[1]?.text).toMatch(
      /was released, because an operator asked for it: we need it tonight\.[\s\S]*left alone until 2026-11-23 09:/,
    );
    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'violation',
      remediation: 'none',
      reason: 'an operator released it with a hold',
    });
  });

  it('quarantines again once the hold is over', async () => {
    const drill = await quarantinedDrill();
    await release(drill, { ...FORCED, holdHours: 1 });
    await drill.run();
    drill.pass(HOUR_MS);

    drill.send({});
    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.record()).not.toHaveProperty('hold');
    expect(new Set(drill.world.notices.map(({ id }) => id)).size).toBe(3);
  });

  it('holds only the attachment that was released', async () => {
    const drill = await quarantinedDrill();
    await release(drill, FORCED);
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.record()).not.toHaveProperty('hold');
  });

  it('releases what is compliant, under the kill switch too', async () => {
    const drill = await quarantinedDrill(enforcingPolicy({ autoRelease: false }));
    drill.update(ATTACHMENTS.approved);
    await drill.run();
    drill.world.account.mode = 'audit';

    const answer = await release(drill);

    expect(answer).toMatchObject({ status: 'released' });
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
    expect(drill.record()).not.toHaveProperty('violation');
    expect(drill.world.notices.at(-1)?.text).toMatch(/The violation began at .* contained after/);
  });

  it('restores what the owner had set', async () => {
    const drill = await quarantinedDrill();
    drill.reserve(7);
    await drill.run();

    await release(drill, FORCED);

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 7 });
  });

  it.each([
    [
      'it is not in quarantine',
      (drill: Drill) => drill.world.records.clear(),
      'has not quarantined',
    ],
    ['it is gone', (drill: Drill) => drill.world.snapshots.clear(), 'there is no such function'],
    [
      'somebody else changed the value',
      (drill: Drill) => {
        drill.world.snapshots.set(ARN, { ...drill.snapshot(), reservedConcurrency: 3 });
      },
      'somebody else changed it',
    ],
  ])('refuses where %s', async (_, prepare, reason) => {
    const drill = await quarantinedDrill();
    prepare(drill);
    const { length } = drill.world.notices;

    const answer = await release(drill, FORCED);

    expect(answer).toMatchObject({ status: 'refused', reason: expect.stringContaining(reason) });
    expect(drill.world.notices).toHaveLength(length);
  });

  it('refuses while a revert is under way', async () => {
    const drill = await quarantinedDrill();
    drill.world.records.set(ARN, {
      ...drill.record(),
      intent: {
        kind: 'revert',
        remediationId: 'remediation-1',
        revisionId: 'revision-1',
        startedAtMs: 0,
        status: 'sent',
        target: { attachment: ATTACHMENTS.approved, call: 'CreateFunction' },
        undo: { attachment: ATTACHMENTS.detached },
      },
    });
    drill.world.snapshots.set(ARN, {
      ...drill.snapshot(),
      attachment: ATTACHMENTS.approved,
      lastUpdateStatus: 'InProgress',
    });

    expect(await release(drill)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('ask again in a minute'),
    });
  });

  it('says what AWS answered where it does not take it', async () => {
    const drill = await quarantinedDrill();
    drill.world.inject('reserveConcurrency', { answer: { status: 'busy' } });

    expect(await release(drill, FORCED)).toMatchObject({
      status: 'refused',
      reason: 'AWS did not take it: busy',
    });
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.record()).toMatchObject({ quarantine: { remediationId: expect.any(String) } });
  });

  it.each(['writeRecord', 'reserveConcurrency', 'publish'] as const)(
    'ends the same when its process dies around %s and the operator asks again',
    async (port) => {
      for (const when of ['errorBefore', 'errorAfter'] as const) {
        const drill = await quarantinedDrill();
        const error = new Error('the process died');
        drill.world.inject(
          port,
          when === 'errorBefore' ? { errorBefore: error } : { errorAfter: error },
        );
        await expect(release(drill, FORCED)).rejects.toBe(error);

        drill.pass(60_000);
        const answer = await release(drill, FORCED);

        expect(answer).toMatchObject({ status: 'released' });
        expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
        expect(drill.record()).not.toHaveProperty('quarantine');
        expect(drill.record()).not.toHaveProperty('intent');
        const released = drill.world.notices.filter(({ kind }) => kind === 'release');
        expect(new Set(released.map(({ id }) => id)).size).toBe(1);
      }
    },
  );

  it('asks for patience while another handler is at work', async () => {
    const drill = await quarantinedDrill();
    drill.world.inject('reserveConcurrency', { errorBefore: new Error('the process died') });
    await expect(release(drill, FORCED)).rejects.toThrow('the process died');

    expect(await release(drill, FORCED)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('ask again in a minute'),
    });
  });

  it('is confirmed by its own event when its process dies before it can tell', async () => {
    const drill = await quarantinedDrill();
    drill.world.inject('publish', { errorBefore: new Error('the process died') });
    await expect(release(drill, FORCED)).rejects.toThrow('the process died');
    drill.pass(180_000);

    await enforceFunction({ functionArn: ARN, hops: 0, wake: false }, drill.ports, drill.settings);

    expect(drill.noticeKinds()).toEqual(['remediation', 'release']);
    expect(drill.record()).not.toHaveProperty('quarantine');
    expect(drill.record()).toMatchObject({ hold: { reason: 'we need it tonight' } });
  });
});

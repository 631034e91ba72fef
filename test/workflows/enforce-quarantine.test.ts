import { describe, expect, it } from 'vitest';
import { ARN, ATTACHMENTS, controlOf, enforcingPolicy } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

/** A function that was created without a VPC and quarantined. */
async function quarantinedDrill(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.detached);
  await drill.run();
  drill.pass(60_000);
  return drill;
}

describe('enforceFunction on a quarantine', () => {
  it('releases by itself what is compliant again: nothing was reserved before', async () => {
    const drill = await quarantinedDrill();
    drill.update(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
    expect(drill.noticeKinds()).toEqual(['remediation', 'release']);
    expect(drill.outcomes.find(({ remediation }) => remediation === 'release')).toStrictEqual({
      functionArn: ARN,
      verdict: 'compliant',
      cause: expect.any(String),
      remediation: 'release',
      reason: 'it is compliant again',
      remediationId: expect.any(String),
    });
    expect(drill.world.notices[1]?.text).toContain('No concurrency is reserved for it, as before.');
    expect(drill.record().quarantine).toBeUndefined();
    expect(drill.record().violation).toBeUndefined();
    expect(drill.record().baseline).toMatchObject({ attachment: ATTACHMENTS.approved });
  });

  it('waits with the release until AWS runs the new attachment', async () => {
    const drill = await quarantinedDrill();
    drill.update(ATTACHMENTS.approved);

    await drill.run(10_000);

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'compliant',
      reason: 'it is released once AWS runs the new attachment',
      recheckAfterSeconds: 15,
    });
  });

  it('says what may be lost, once it is done', async () => {
    const quarantining = controlOf({ onChange: 'quarantine' });
    const drill = createDrill(enforcingPolicy({ controls: { 'LVG.1': quarantining } }));
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.world.inject('readEventPaths', { answer: { value: { sources: ['arn:queue'] } } });
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.world.notices[0]?.text).toMatch(/are lost: it has no dead-letter .*arn:queue\./s);
    const order = drill.world.calls.map(({ port }) => port);
    expect(order.indexOf('readEventPaths')).toBeGreaterThan(order.indexOf('reserveConcurrency'));
  });

  it('asks nothing more about a function that was just created', async () => {
    const drill = await quarantinedDrill();

    expect(drill.world.calls.filter(({ port }) => port === 'readEventPaths')).toEqual([]);
    expect(drill.world.notices[0]?.text).not.toContain('lost');
  });

  it('quarantines again when its owner undoes it, and restores what the owner set', async () => {
    const drill = await quarantinedDrill();
    drill.reserve(5);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.record().quarantine).toMatchObject({ previous: 5 });
    expect(drill.noticeKinds()).toEqual(['remediation', 'remediation']);
    expect(new Set(drill.world.notices.map(({ id }) => id)).size).toBe(2);

    drill.update(ATTACHMENTS.approved);
    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 5 });
    expect(drill.world.notices.at(-1)?.text).toContain('Its reserved concurrency is 5, as before.');
  });

  it('tells of each of several quarantines that its owner undoes', async () => {
    const drill = await quarantinedDrill();
    for (let round = 0; round < 3; round += 1) {
      drill.reserve(undefined);
      await drill.run();
      drill.pass(60_000);
    }

    expect(drill.world.notices).toHaveLength(4);
    expect(drill.world.notices.map(({ subject }) => subject.includes('again'))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(drill.world.notices[1]?.text).toContain('found with no reservation');
    expect(new Set(drill.world.notices.map(({ id }) => id)).size).toBe(4);
  });

  it('says with what it was found when it is quarantined again', async () => {
    const drill = await quarantinedDrill();
    drill.reserve(5);

    await drill.run();

    expect(drill.world.notices.at(-1)?.text).toContain('found with a reservation of 5');
  });

  it('leaves the release to an operator where the policy says so', async () => {
    const drill = await quarantinedDrill(enforcingPolicy({ autoRelease: false }));
    drill.update(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.noticeKinds()).toEqual(['remediation']);
    expect(drill.world.notices[0]?.nextSteps[1]).toContain('An operator releases it');
  });

  it('looks again at a release that AWS refuses, and tells of it once', async () => {
    const drill = await quarantinedDrill();
    const error = 'InvalidParameterValueException: below its minimum value';
    for (let count = 0; count < 3; count += 1) {
      drill.world.inject('reserveConcurrency', { answer: { status: 'refused', error } });
    }
    drill.update(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.noticeKinds()).toEqual(['remediation', 'violation', 'release']);
    expect(drill.world.notices[1]?.text).toContain(error);
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
  });

  it('leaves a function alone whose owner had reserved nothing for it', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.detached);
    drill.reserve(0);

    await drill.run();
    drill.update(ATTACHMENTS.approved);
    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.record().quarantine).toBeUndefined();
    expect(drill.noticeKinds()).toEqual(['violation', 'resolution']);
  });

  it('forgets a quarantine that its owner ended after the function was good', async () => {
    const drill = await quarantinedDrill(enforcingPolicy({ autoRelease: false }));
    drill.update(ATTACHMENTS.approved);
    await drill.run();
    drill.reserve(undefined);

    await drill.run();

    expect(drill.record().quarantine).toBeUndefined();
    expect(drill.noticeKinds()).toEqual(['remediation', 'resolution']);
  });
});

describe("enforceFunction against an operator's stop", () => {
  const controls = { 'LVG.1': controlOf({ onFound: 'quarantine' }) };

  it.each([
    ['the kill switch', { mode: 'audit' }, 'an operator switched the guardrail to audit'],
    ['a tripped breaker', { breaker: 'tripped' }, 'the breaker waits for an operator'],
  ] as const)('withholds under %s, tells once, and starts no chain', async (_, state, reason) => {
    const drill = createDrill(enforcingPolicy({ controls }));
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    Object.assign(drill.world.account, state);
    drill.world.queue.length = 0;
    drill.outcomes.length = 0;
    drill.update(ATTACHMENTS.forbidden);

    await drill.run();
    drill.send({});
    drill.send({});
    await drill.run();

    expect(drill.noticeKinds()).toEqual(['violation']);
    expect(drill.world.notices[0]).toMatchObject({ remediation: 'withheld' });
    expect(drill.world.notices[0]?.text).toContain('It was not reverted, because');
    expect(drill.world.notices[0]?.text).toContain(reason);
    expect(drill.outcomes.at(-1)).toMatchObject({
      remediation: 'withheld',
      error: expect.stringContaining(reason),
    });
    const withheld = drill.outcomes.filter(({ remediation }) => remediation === 'withheld');
    expect(withheld).toHaveLength(3);
    expect(JSON.stringify(withheld)).not.toContain('recheckAfterSeconds');
    expect(drill.world.calls.some(({ port }) => port === 'attach')).toBe(false);
    expect(drill.record().intent).toBeUndefined();
  });

  it('goes on once the operator lets it, and tells of that too', async () => {
    const drill = createDrill(enforcingPolicy({ controls }));
    drill.world.account.mode = 'audit';
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.world.account.mode = 'enforce';

    drill.send({});
    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.noticeKinds()).toEqual(['violation', 'remediation']);
  });

  it('tells of a remediation that is withheld after a crash between its intent and its token', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    drill.world.inject('takeToken', { errorBefore: new Error('the process died') });
    await drill.run(10_000);
    drill.world.account.mode = 'audit';

    await drill.run();

    expect(drill.noticeKinds()).toEqual(['violation']);
    expect(drill.world.notices[0]).toMatchObject({ remediation: 'withheld' });
  });

  it('looks in a lowered mode without acting and without a chain that others would rely on', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.update(ATTACHMENTS.forbidden);
    drill.send({ mode: 'audit' });

    drill.world.calls.length = 0;

    await drill.run(1_000);

    expect(drill.world.calls.map(({ port }) => port)).not.toContain('enqueue');
    expect(drill.noticeKinds()).toEqual(['violation']);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ attachment: ATTACHMENTS.approved });
  });
});

import { describe, expect, it } from 'vitest';
import { ATTACHMENTS, DEPLOYER, enforcingPolicy, originOf } from '../support/builders.ts';
import { createDrill } from '../support/drill.ts';

describe('enforceFunction on a create', () => {
  it('notes a good one as candidate, and as baseline once AWS is seen to run it', async () => {
    const drill = createDrill();
    const origin = originOf('approved', { call: 'CreateFunction' });
    drill.create(ATTACHMENTS.approved);

    await drill.run(10_000);

    expect(drill.record()).toMatchObject({ candidate: origin, generation: 1 });
    expect(drill.record().baseline).toBeUndefined();

    await drill.run();

    expect(drill.record()).toMatchObject({ baseline: origin });
    expect(drill.record().candidate).toBeUndefined();
    expect(drill.world.notices).toEqual([]);
  });

  it('quarantines one without a VPC at once, after four calls', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.detached);

    await drill.run(10_000);

    const ports = drill.world.calls.map(({ port }) => port);
    expect(ports.slice(0, ports.indexOf('reserveConcurrency'))).toEqual([
      'readRecord',
      'readSnapshot',
      'writeRecord',
      'takeToken',
    ]);
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0, state: 'Pending' });
    expect(drill.record().quarantine).toMatchObject({
      sinceMs: drill.record().violation?.containedMs,
    });
    expect(drill.noticeKinds()).toEqual(['remediation']);
    expect(drill.outcomes[0]).toMatchObject({
      verdict: 'violation',
      cause: 'create',
      remediation: 'quarantine',
      reason: 'the policy asks for it',
      eventId: 'people-1',
      recheckAfterSeconds: 15,
    });
  });

  it('quarantines one in a forbidden VPC, says why and by whom, and leaves it at that', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0, state: 'Active' });
    expect(drill.world.notices).toHaveLength(1);
    const [notice] = drill.world.notices;
    expect(notice?.text).toContain(`Created by ${DEPLOYER}`);
    expect(notice?.text).toContain('`one.json` statement `OnlyVpc1` denies');
    expect(drill.record().baseline).toBeUndefined();
  });

  it('neither counts the quarantine at its creation nor lets the breaker stop it', async () => {
    const drill = createDrill();
    drill.world.account.breaker = 'tripped';
    drill.create(ATTACHMENTS.forbidden);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
    expect(drill.world.account.spentMs.size).toBe(0);
  });

  it('only tells of it in audit, once, and writes nothing to AWS', async () => {
    const drill = createDrill(enforcingPolicy({ mode: 'audit' }));
    drill.create(ATTACHMENTS.forbidden);

    await drill.run();
    drill.send({});
    await drill.run();

    expect(drill.noticeKinds()).toEqual(['violation']);
    expect(drill.world.notices[0]?.text).toContain(
      'Nothing was done, because the mode is audit; in enforce mode it would have been quarantined.',
    );
    const ports = drill.world.calls.map(({ port }) => port);
    expect(ports).not.toContain('reserveConcurrency');
    expect(ports).not.toContain('takeToken');
    expect(drill.outcomes[0]).toMatchObject({ remediation: 'withheld' });
  });

  it('knows that a create came about when its event comes after another look', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    drill.send({});

    await drill.run();

    expect(drill.outcomes.map(({ cause, remediation }) => ({ cause, remediation }))).toEqual(
      expect.arrayContaining([
        { cause: 'found', remediation: 'none' },
        { cause: 'create', remediation: 'quarantine' },
      ]),
    );
    expect(drill.record().violation).toMatchObject({ actor: { principalArn: DEPLOYER } });
  });

  it('begins a generation when the function is created anew under its name', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.remove();
    drill.pass(60_000);
    drill.create(ATTACHMENTS.detached);

    await drill.run();

    expect(drill.record()).toMatchObject({ generation: 2, isDeleted: false });
    expect(drill.record().baseline).toBeUndefined();
    expect(drill.snapshot()).toMatchObject({ reservedConcurrency: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import { ARN, ATTACHMENTS, changeOf, DEPLOYER, enforcingPolicy } from '../support/builders.ts';
import { play } from '../support/crash-play.ts';
import { CRASH_SCENARIOS } from '../support/crash-scenarios.ts';
import type { Disturbance } from '../support/crash-tap.ts';
import { createDrill, type Drill } from '../support/drill.ts';

const DIED = { errorBefore: new Error('the process died') };

async function noticesOf(name: string, disturbance?: Disturbance) {
  const scenario = CRASH_SCENARIOS.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`no scenario \`${name}\``);
  const { drill, calls } = await play(scenario, disturbance);
  return { notices: drill.world.notices, calls };
}

async function settledDrill(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(60_000);
  return drill;
}

describe('what people are told', () => {
  it('names the caller who keeps updating', async () => {
    const { notices } = await noticesOf('caller who keeps updating');

    expect(notices.at(-1)?.text).toContain(
      `no revert landed within five minutes of changes, last by ${DEPLOYER}`,
    );
  });

  it('says that a quarantine was wrong, though an operator has to release others', async () => {
    const { notices } = await noticesOf('quarantine that turns out wrong');

    expect(notices.at(-1)).toMatchObject({
      kind: 'release',
      text: expect.stringContaining('because it is compliant where it is, and nothing changed'),
    });
  });

  it('doubts what nobody saw done before the function was deleted', async () => {
    const name = 'deletion while AWS works on the revert';
    const { notices, calls } = await noticesOf(name);
    expect(notices[0]?.text).not.toContain('too late');

    const at = calls.indexOf('attach') + 1;
    const { notices: doubted } = await noticesOf(name, { at, how: 'after' });

    expect(doubted).toMatchObject([
      { id: notices[0]?.id, text: expect.stringContaining('it may have come too late') },
    ]);
  });

  it('moves to the fallback at once where AWS refuses the baseline, and quarantines nothing', async () => {
    const { calls, notices } = await noticesOf('fallback after a revert that AWS refuses');

    expect(calls.filter((port) => port === 'attach')).toHaveLength(2);
    expect(calls).not.toContain('reserveConcurrency');
    expect(notices[0]?.text).toContain('because AWS refused');
  });
});

describe('enforceFunction where the first handler of an event died', () => {
  it('knows from the event who made a change, though a delayed look comes before it', async () => {
    const drill = await settledDrill();
    drill.world.inject('enqueue', { errorAfter: new Error('the process died') });
    drill.update(ATTACHMENTS.alsoApproved);

    await drill.run();

    expect(drill.record().baseline).toMatchObject({
      attachment: ATTACHMENTS.alsoApproved,
      principalArn: DEPLOYER,
    });
  });

  it('learns from a late event who made what it has judged', async () => {
    const drill = await settledDrill();
    const { alsoApproved: attachment } = ATTACHMENTS;
    drill.world.snapshots.set(ARN, { ...drill.snapshot(), attachment });
    drill.send({});
    await drill.run();
    expect(drill.record().baseline).not.toHaveProperty('principalArn');

    const eventTimeMs = drill.world.clock.nowMs;
    drill.send({ change: changeOf('alsoApproved', { eventTimeMs }) });
    await drill.run();

    expect(drill.record().baseline).toMatchObject({ attachment, principalArn: DEPLOYER });
  });

  it('goes on with a good function whose record was all that it wrote', async () => {
    const drill = createDrill();
    drill.world.inject('keepHistory', DIED);
    drill.create(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.record()).toMatchObject({ baseline: { attachment: ATTACHMENTS.approved } });
    expect(drill.world.history.size).toBeGreaterThan(0);
  });
});

describe('enforceFunction beside another handler', () => {
  it('leaves the telling to the one that has begun with it, for so long as it may take', async () => {
    const drill = createDrill(enforcingPolicy({ mode: 'audit' }));
    drill.world.inject('publish', DIED);
    drill.create(ATTACHMENTS.forbidden);
    await drill.run(5_000);
    drill.send({});

    await drill.run(5_000);
    expect(drill.errors.at(-1)).toMatchObject({ code: 'RECORD_STALE' });
    expect(drill.noticeKinds()).toEqual([]);

    await drill.run();
    expect(drill.noticeKinds()).toEqual(['violation']);
    expect(drill.record()).not.toHaveProperty('tellingSinceMs');
  });

  it('takes the same delete twice for one', async () => {
    const drill = await settledDrill();
    drill.remove();
    drill.create(ATTACHMENTS.forbidden);
    await drill.run(3_000);
    const [deletion] = drill.delivered.filter(({ change }) => change?.kind === 'delete');
    drill.send(deletion ?? {});

    await drill.run();

    expect(drill.record().generation).toBe(2);
    expect(drill.noticeKinds()).toEqual(['remediation']);
  });
});

import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { Exemption } from '../../functions/core/policy.ts';
import { HEARTBEAT_MS } from '../../functions/core/sweep-state.ts';
import { ATTACHMENTS, controlsWith } from '../support/builders.ts';
import { createSweepStage, sweepingPolicy } from '../support/sweep-stage.ts';
import { arnOf } from '../support/swept-account.ts';

const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
const ATTACHED = { attachment: ATTACHMENTS.approved };

const EXEMPTION: Exemption = {
  id: 'exemption-1',
  functions: ['legacy-*'],
  controls: ['LVG.1'],
  owner: 'payments',
  reason: 'a migration',
  expires: '2026-11-25',
  includeNew: true,
};

describe('endSweep: functions that are gone', () => {
  it('asks after what the table knows and the list does not show', async () => {
    const { tick, work, snapshots, clock, ordered, records, queue } = createSweepStage({
      here: ATTACHED,
      gone: ATTACHED,
    });
    expect(await tick()).toMatchObject({ digest: { deleted: { functions: 0 } } });
    snapshots.delete(arnOf('gone'));
    clock.nowMs += 6 * HOUR_MS;

    expect(await tick()).toMatchObject({ digest: { deleted: { functions: 1, names: ['gone'] } } });

    expect(ordered()).toEqual(['gone']);
    expect(queue).toMatchObject([{ order: { hops: 0, wake: false } }]);
    await work();
    clock.nowMs += HOUR_MS;
    await work();
    expect(records.get(arnOf('here'))).toMatchObject({ isDeleted: false });
  });

  it('asks after none of its own', async () => {
    const { tick, records, ordered, clock } = createSweepStage({ here: ATTACHED });
    await tick();
    const record = records.get(arnOf('here'));
    if (record === undefined) throw new Error('no record');
    const functionArn = arnOf('guardrail-enforce');
    records.set(functionArn, { ...record, functionArn });
    clock.nowMs += 6 * HOUR_MS;

    expect(await tick()).toMatchObject({ status: 'ended', digest: { deleted: { functions: 0 } } });

    expect(ordered()).toEqual([]);
  });
});

describe('endSweep: the digest', () => {
  it('tells how full networks are, and which exemptions end soon', async () => {
    const { tick, inject, notices } = createSweepStage(
      { here: ATTACHED, 'legacy-job': { attachment: ATTACHMENTS.forbidden } },
      {
        policy: sweepingPolicy({
          exemptions: [EXEMPTION],
          controls: controlsWith({ 'LVG.11': { parameters: { maximumPercent: 40 } } }),
        }),
      },
    );
    inject('readInterfaceQuota', { answer: { value: 2 } });

    const { digest } = await tick();

    expect(digest).toMatchObject({
      ending: 1,
      interfaces: [
        { vpcId: 'vpc-1', interfaces: 2, quota: 2, subnets: [{ subnetId: 'subnet-1' }, {}] },
        { vpcId: 'vpc-9', interfaces: 1, quota: 2 },
      ],
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['exemption', 'digest']);
    expect(notices[1]?.text).toContain('vpc-1 (2 of 2), vpc-9 (1 of 2).');
    expect(notices[1]?.text).toContain('1 exemption will end soon');
  });

  it('says how many functions could not be judged', async () => {
    const { tick, inject, notices } = createSweepStage(
      { here: ATTACHED },
      { policy: sweepingPolicy({ controls: controlsWith({ 'LVG.7': {} }) }) },
    );
    inject('readRole', { answer: { unknown: 'nobody may read roles' } });

    expect(await tick()).toMatchObject({ totals: { compliant: 0, unknown: { functions: 1 } } });
    expect(notices).toMatchObject([
      { kind: 'digest', text: expect.stringContaining('1 function could not be judged in full') },
    ]);
  });
});

describe('endSweep: the mode at run time', () => {
  it('is told where an operator has switched the guardrail off', async () => {
    const { tick, account, notices } = createSweepStage({
      stray: { attachment: ATTACHMENTS.forbidden },
    });
    account.mode = 'audit';

    await tick();

    expect(notices).toMatchObject([
      {
        text: expect.stringContaining('An operator has switched the guardrail to audit'),
        facts: { digest: { mode: 'audit', breaker: 'closed' } },
      },
    ]);
  });
});

describe('sweeps that do not end', () => {
  it('are told of once, with a heartbeat all the same, and again only after one has ended', async () => {
    const { tick, clock, inject, notices, sentHeartbeats, bringHeartbeats } = createSweepStage();
    const error = new GuardrailError('throttled', { code: 'OBSERVATION_FAILED' });
    await tick();
    bringHeartbeats();
    for (let failed = 0; failed < 14; failed += 1) {
      clock.nowMs += HOUR_MS;
      bringHeartbeats();
      if (failed >= 5) inject('listPage', { errorBefore: error });
      await tick().catch(() => undefined);
    }

    expect(notices).toMatchObject([
      { kind: 'heartbeat', subject: expect.stringContaining('no sweep has ended') },
    ]);
    expect(sentHeartbeats).toHaveLength(2);
    bringHeartbeats();
    clock.nowMs += HOUR_MS;
    expect(await tick()).toMatchObject({ status: 'ended' });
    expect(notices).toHaveLength(1);
    for (let failed = 0; failed < 14; failed += 1) {
      clock.nowMs += HOUR_MS;
      inject('listPage', { errorBefore: error });
      bringHeartbeats();
      await tick().catch(() => undefined);
    }
    expect(notices.filter(({ subject }) => subject.includes('no sweep'))).toHaveLength(2);
  });
});

describe('endSweep: the heartbeat', () => {
  it('is sent, and nobody hears of it where it comes back', async () => {
    const { tick, clock, sentHeartbeats, bringHeartbeats, notices, readState } = createSweepStage();
    await tick();
    bringHeartbeats();
    expect(sentHeartbeats).toEqual([clock.nowMs]);
    expect(readState()).toMatchObject({ heartbeat: { sentMs: clock.nowMs, isMissingTold: false } });

    for (let ticks = 0; ticks < 8; ticks += 1) {
      clock.nowMs += QUARTER_MS;
      expect(await tick()).toMatchObject({ isHeartbeatMissing: false });
    }

    expect(notices).toEqual([]);
    expect(sentHeartbeats).toHaveLength(1);
  });

  it('is told of once where it does not come back, and once where one does again', async () => {
    const { tick, clock, bringHeartbeats, notices, sentHeartbeats } = createSweepStage();
    await tick();
    bringHeartbeats();
    clock.nowMs += 6 * HOUR_MS;
    await tick();
    expect(sentHeartbeats).toHaveLength(2);

    clock.nowMs += HEARTBEAT_MS - 1;
    expect(await tick()).toMatchObject({ isHeartbeatMissing: false });
    clock.nowMs += 1;
    expect(await tick()).toMatchObject({ isHeartbeatMissing: true });
    clock.nowMs += QUARTER_MS;
    expect(await tick()).toMatchObject({ isHeartbeatMissing: true });

    expect(notices).toMatchObject([{ kind: 'heartbeat', severity: 'critical' }]);
    bringHeartbeats();
    clock.nowMs += QUARTER_MS;
    expect(await tick()).toMatchObject({ isHeartbeatMissing: false });
    clock.nowMs += QUARTER_MS;
    await tick();
    expect(notices).toMatchObject([
      { severity: 'critical' },
      { kind: 'heartbeat', severity: 'low' },
    ]);
  });

  it('stays missing over the next sweep, whose own one tells that it is back', async () => {
    const { tick, clock, bringHeartbeats, notices } = createSweepStage();
    await tick();
    bringHeartbeats();
    clock.nowMs += 6 * HOUR_MS;
    await tick();
    clock.nowMs += QUARTER_MS;
    await tick();
    clock.nowMs += 6 * HOUR_MS;

    expect(await tick()).toMatchObject({ status: 'ended', isHeartbeatMissing: true });
    expect(notices).toHaveLength(1);
    bringHeartbeats();
    clock.nowMs += QUARTER_MS;
    expect(await tick()).toMatchObject({ isHeartbeatMissing: false });
    expect(notices).toHaveLength(2);
  });

  it('is sent once more after a deployment whose rule does not work yet', async () => {
    const { tick, clock, bringHeartbeats, notices, sentHeartbeats } = createSweepStage();
    await tick();
    clock.nowMs += QUARTER_MS;

    expect(await tick()).toMatchObject({ isHeartbeatMissing: false });
    expect(sentHeartbeats).toHaveLength(2);
    bringHeartbeats();
    clock.nowMs += QUARTER_MS;
    await tick();

    expect(notices).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import type { RescanProgress } from '../../functions/workflows/sweep-ports.ts';
import { ATTACHMENTS } from '../support/builders.ts';
import { rescanIn } from '../support/rescan-in.ts';
import { createSweepStage, IDLE, type StagedFunctions } from '../support/sweep-stage.ts';
import { arnOf } from '../support/swept-account.ts';

const ALL: RescanRequest = { functions: ['*'], wake: false, verdicts: false };
const ATTACHED = { attachment: ATTACHMENTS.approved };

function stageOf(functions: StagedFunctions) {
  const stage = createSweepStage(functions);
  return { ...stage, rescan: () => rescanIn(stage, ALL, stage.settings(), stage.ports) };
}

describe('rescanAccount: time', () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`f${at}`, ATTACHED]));

  /** Rescans in a minute, of which the second page takes all. */
  function hurried() {
    const stage = createSweepStage(many);
    const { clock, afterPages, ports, settings } = stage;
    const progress: RescanProgress[] = [];
    afterPages.push(
      () => undefined,
      () => {
        clock.nowMs += 60_000;
      },
    );
    const rescan = () =>
      rescanAccount(ALL, ports, settings(), {
        rescanId: 'rescan-1',
        untilMs: clock.nowMs + 60_000,
        onProgress: async (one) => {
          progress.push(one);
        },
      });
    return { ...stage, rescan, progress };
  }

  it('answers what it has looked at where there is no time for the rest', async () => {
    const { account, rescan, progress } = hurried();

    const { scanned, compliant, unfinished, unknown } = await rescan();

    expect(unfinished).toMatchObject({ reason: expect.stringContaining('ask for fewer') });
    expect(scanned).toBeGreaterThan(0);
    expect(scanned).toBeLessThan(100);
    expect(compliant).toBe(scanned);
    expect(unknown).toEqual([]);
    expect(account.approvedPolicy).toBeUndefined();
    expect(progress.at(-1)).toMatchObject({ isOver: true, scanned });
    expect(progress.filter(({ isOver }) => isOver)).toHaveLength(1);
  });

  it('leaves no look under way when it answers', async () => {
    const { calls, records, rescan } = hurried();

    const { scanned } = await rescan();
    const { length } = calls;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });

    expect(calls).toHaveLength(length);
    expect(records.size).toBe(scanned);
  });

  it('has no rejection unhandled where looks fail together', async () => {
    const { inject, rescan } = hurried();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    for (let at = 0; at < 40; at += 1) {
      inject('writeRecord', { errorBefore: new Error(`mistake ${at}`) });
    }

    await expect(rescan()).rejects.toThrow('mistake 0');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    process.off('unhandledRejection', note);

    expect(unhandled).toEqual([]);
  });

  it('tells how far it has come every two seconds, and at both ends', async () => {
    const stage = createSweepStage(many);
    const { clock, afterPages, ports, settings } = stage;
    const progress: RescanProgress[] = [];
    const pass = () => {
      clock.nowMs += 2_000;
    };
    afterPages.push(pass, pass);

    await rescanAccount(ALL, ports, settings(), {
      rescanId: 'rescan-1',
      untilMs: clock.nowMs + 60_000,
      onProgress: async (one) => {
        progress.push(one);
      },
    });

    expect(progress[0]).toMatchObject({ scanned: 0, violations: 0, isOver: false });
    expect(progress.at(-1)).toMatchObject({ scanned: 120, isOver: true });
    expect(progress.length).toBeGreaterThanOrEqual(3);
    expect(progress.length).toBeLessThanOrEqual(4);
  });
});

describe('rescanAccount: what may not be read', () => {
  it('says function by function which permission is missing', async () => {
    const { inject, rescan } = stageOf({ one: ATTACHED, two: ATTACHED });
    const message = (name: string) =>
      `could not read function \`${name}\`: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/guardrail/rescan is not authorized to perform: lambda:GetFunction on resource: ${arnOf(name)}`;
    for (const name of ['one', 'two']) {
      inject('readSnapshot', {
        errorBefore: new GuardrailError(message(name), { code: 'OBSERVATION_FAILED' }),
      });
    }

    expect(await rescan()).toMatchObject({
      scanned: 2,
      compliant: 0,
      unknown: [
        { functionArn: arnOf('one'), reason: message('one') },
        { functionArn: arnOf('two'), reason: message('two') },
      ],
    });
  });

  it('says when idle functions were last invoked, and nothing of it where nobody knows', async () => {
    const idle = { ...ATTACHED, ...IDLE };
    const { inject, lastInvocations, rescan } = stageOf({ 'pay-api': idle, never: idle });
    lastInvocations.set('pay-api', Date.UTC(2026, 9, 1));

    const { idle: found } = await rescan();
    inject('readLastInvocations', { answer: { unknown: 'nobody may' } });
    const { idle: unknown } = await rescan();

    expect(found).toMatchObject([
      { functionArn: arnOf('pay-api'), lastInvokedAt: '2026-10-01' },
      { functionArn: arnOf('never') },
    ]);
    expect(found[1]).not.toHaveProperty('lastInvokedAt');
    expect(unknown.every((one) => !('lastInvokedAt' in one))).toBe(true);
  });
});

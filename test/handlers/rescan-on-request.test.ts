import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DETACHED } from '../../functions/core/attachment.ts';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import type { RescanReport } from '../../functions/core/rescan-report.ts';
import { createHandler, handler } from '../../functions/handlers/rescan-on-request.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import { createFakeComposition, type FakeComposition } from '../support/compositions.ts';

vi.mock(import('../../functions/workflows/rescan-account.ts'), () => ({
  rescanAccount: vi.fn<typeof rescanAccount>(),
}));
vi.mock(import('../../functions/runtime/compose.ts'), async () => {
  const { createFakeComposition: create } = await import('../support/compositions.ts');
  return { composeRescan: () => create().composed };
});

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const REPORT: RescanReport = {
  reportId: 'request-1',
  interfaces: [],
  scanned: 3,
  compliant: 2,
  findings: [],
  idle: [{ functionArn: ARN, isListed: true, canWake: 'yes', toWake: 'nothing' }],
  remediations: [{ id: 'id-1', functionArn: ARN, planned: 'wake', isCounted: true }],
  unknown: [],
};

const INVOCATION = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 900_000 };
const rescan = vi.mocked(rescanAccount);
let fake: FakeComposition;
let handle: ReturnType<typeof createHandler>;

beforeEach(() => {
  rescan.mockReset();
  rescan.mockResolvedValue(REPORT);
  fake = createFakeComposition();
  handle = createHandler(fake.composed);
});

describe('a rescan', () => {
  it('answers the report with the calls and the time that it took, and logs one line', async () => {
    rescan.mockImplementationOnce(async (_, { readSnapshot }) => {
      await readSnapshot(ARN);
      await readSnapshot(ARN);
      fake.world.clock.nowMs += 1500;
      return REPORT;
    });

    const answer = await handle(
      { functions: ['orders-api'], mode: 'audit', wake: false },
      INVOCATION,
    );

    expect(answer).toEqual({ ...REPORT, apiCalls: 2, durationMs: 1500 });
    expect(rescan).toHaveBeenCalledWith(
      { functions: [ARN], mode: 'audit', wake: false, verdicts: false },
      fake.composed.ports,
      fake.composed.settings,
      {
        rescanId: 'request-1',
        untilMs: fake.world.clock.nowMs - 1500 + 870_000,
        onProgress: expect.any(Function),
      },
    );
    expect(fake.lines).toEqual([
      {
        level: 'info',
        message: 'account rescanned',
        fields: {
          apiCalls: 2,
          durationMs: 1500,
          scanned: 3,
          compliant: 2,
          violations: 0,
          idle: 1,
          planned: 1,
          unknown: 0,
        },
      },
    ]);
  });

  it('tells how far it has come, in the log and in the table', async () => {
    const progress = {
      rescanId: 'request-1',
      startedMs: 0,
      atMs: 1,
      scanned: 7,
      violations: 2,
      isOver: false,
    };
    rescan.mockImplementationOnce(async (_, __, ___, { onProgress }) => {
      await onProgress(progress);
      return REPORT;
    });

    await handle({}, INVOCATION);

    expect(fake.sweep.progress).toEqual([progress]);
    expect(fake.lines[0]).toMatchObject({
      message: 'rescan goes on',
      fields: { scanned: 7, violations: 2, isOver: false },
    });
  });

  it('keeps every finding first where the answer has no room for them', async () => {
    const finding = (index: number): ReportedFinding => ({
      id: `finding-${index}`,
      controlId: 'LVG.1',
      functionArn: ARN,
      verdict: 'violation',
      severity: 'high',
      reason: 'x'.repeat(2000),
      attachment: DETACHED,
      remediation: 'none',
      observedAt: '2026-11-22T09:00:00Z',
    });
    const findings = Array.from({ length: 4000 }, (_, index) => finding(index));
    rescan.mockResolvedValueOnce({ ...REPORT, findings });

    const answer = await handle({}, INVOCATION);

    const left = answer.findings.length;
    expect(left).toBeLessThan(4000);
    expect(answer.omitted).toMatchObject({ findings: 4000 - left });
    expect(fake.sweep.reports.get('request-1')).toHaveLength(4000);
    expect(JSON.stringify(answer).length).toBeLessThan(6 * 1024 * 1024);
  });

  it('refuses a bad payload with every fault in one message, before anything is read', async () => {
    await expect(
      handle({ functions: 'all', mode: 'loud', dryRun: 1 }, INVOCATION),
    ).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      message: expect.stringMatching(/^payload is malformed: .*dryRun.*; .*functions.*; .*mode/u),
    });
    expect(rescan).not.toHaveBeenCalled();
  });
});

describe('the deployed handler', () => {
  it('answers a payload of nothing with every function', async () => {
    expect(await handler({}, INVOCATION as never)).toMatchObject({ scanned: 3, apiCalls: 0 });
  });
});

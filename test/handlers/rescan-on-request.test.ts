import { beforeEach, describe, expect, it, vi } from 'vitest';
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
const REPORT = {
  scanned: 3,
  compliant: 2,
  findings: [],
  idle: [{ functionArn: ARN, isListed: true }],
  remediations: [{ id: 'id-1', functionArn: ARN, planned: 'wake' }],
  unknown: [],
};

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

    const answer = await handle({ functions: ['orders-api'], mode: 'audit', wake: false });

    expect(answer).toEqual({ ...REPORT, apiCalls: 2, durationMs: 1500 });
    expect(rescan).toHaveBeenCalledWith(
      { functions: [ARN], mode: 'audit', wake: false, verdicts: false },
      fake.composed.ports,
      fake.composed.settings,
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

  it('refuses a bad payload with every fault in one message, before anything is read', async () => {
    await expect(handle({ functions: 'all', mode: 'loud', dryRun: 1 })).rejects.toMatchObject({
      code: 'INPUT_MALFORMED',
      message: expect.stringMatching(/^payload is malformed: .*dryRun.*; .*functions.*; .*mode/u),
    });
    expect(rescan).not.toHaveBeenCalled();
  });
});

describe('the deployed handler', () => {
  it('answers a payload of nothing with every function', async () => {
    expect(await handler({}, {} as never)).toMatchObject({ scanned: 3, apiCalls: 0 });
  });
});

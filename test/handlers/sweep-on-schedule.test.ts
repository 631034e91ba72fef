import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Digest } from '../../functions/core/digest.ts';
import type { InterfaceReport } from '../../functions/core/interface-report.ts';
import { NO_TOTALS, NOBODY } from '../../functions/core/sweep-totals.ts';
import { createHandler, handler } from '../../functions/handlers/sweep-on-schedule.ts';
import { sweepAccount } from '../../functions/workflows/sweep-account.ts';
import { createFakeComposition, type FakeComposition } from '../support/compositions.ts';

vi.mock(import('../../functions/workflows/sweep-account.ts'), () => ({
  sweepAccount: vi.fn<typeof sweepAccount>(),
}));
vi.mock(import('../../functions/runtime/compose.ts'), async () => {
  const { createFakeComposition: create } = await import('../support/compositions.ts');
  return { composeSweep: () => create().composed };
});

const TOTALS = {
  ...NO_TOTALS,
  scanned: 10,
  compliant: 6,
  violating: 3,
  unknown: { functions: 1, names: ['shy'] },
  idle: { functions: 3, names: ['pay-api'], listed: 1, stuck: 0 },
  quarantined: { functions: 2, names: ['stray'] },
};

const DIGEST: Digest = {
  sweepId: 'sweep-1',
  startedMs: 0,
  endedMs: 1,
  totals: TOTALS,
  interfaces: [],
  ending: 0,
  deleted: NOBODY,
  policyMode: 'enforce',
  breaker: { isTripped: false, isKilled: false },
  thresholds: { maximumPercent: 90, minimumFreeAddresses: 16 },
};

const INVOCATION = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 900_000 };
const sweep = vi.mocked(sweepAccount);
let fake: FakeComposition;
let handle: ReturnType<typeof createHandler>;

beforeEach(() => {
  sweep.mockReset();
  sweep.mockResolvedValue({ status: 'not-due', isHeartbeatMissing: false });
  fake = createFakeComposition();
  handle = createHandler(fake.composed);
});

/** One VPC, and how many addresses its subnets have left. */
function vpcOf(
  interfaces: number,
  quota: number | undefined,
  free: readonly (number | undefined)[],
) {
  return {
    vpcId: 'vpc-1',
    interfaces,
    ...(quota === undefined ? {} : { quota }),
    couldShare: [],
    subnets: free.map((freeAddresses, at) => ({
      subnetId: `subnet-${at}`,
      sets: [],
      ...(freeAddresses === undefined ? {} : { freeAddresses }),
    })),
  } satisfies InterfaceReport;
}

describe('a tick', () => {
  it('runs until a minute before Lambda would end it, under the name of its invocation', async () => {
    await handle({}, INVOCATION);

    expect(sweep).toHaveBeenCalledWith(fake.composed.ports, fake.composed.settings, {
      runId: 'request-1',
      untilMs: fake.world.clock.nowMs + 840_000,
    });
  });

  it('answers and logs in one line what it came to, with the calls and the time that it took', async () => {
    sweep.mockImplementationOnce(async ({ readSweep }) => {
      await readSweep();
      fake.world.clock.nowMs += 1500;
      return {
        status: 'handed-over',
        sweepId: 'sweep-1',
        totals: TOTALS,
        isHeartbeatMissing: false,
      };
    });

    const answer = await handle({}, INVOCATION);

    const outcome = { status: 'handed-over', sweepId: 'sweep-1', totals: TOTALS };
    expect(answer).toEqual({ ...outcome, isHeartbeatMissing: false });
    expect(fake.lines).toEqual([
      {
        level: 'info',
        message: 'account swept',
        fields: { ...outcome, isHeartbeatMissing: false, apiCalls: 1, durationMs: 1500 },
      },
    ]);
    expect(fake.gauges).toEqual([]);
    expect(fake.counts).toEqual([]);
  });

  it('counts every tick at which the heartbeat is missing', async () => {
    sweep.mockResolvedValueOnce({ status: 'not-due', isHeartbeatMissing: true });

    await handle({}, INVOCATION);

    expect(fake.counts).toEqual(['HeartbeatMissing']);
  });

  it('measures the account once a sweep has ended, and keeps the digest out of its answer', async () => {
    const interfaces = [
      vpcOf(120, 500, [200, 7]),
      vpcOf(45, 50, [30, undefined]),
      vpcOf(9, undefined, []),
    ];
    sweep.mockResolvedValueOnce({
      status: 'ended',
      sweepId: 'sweep-1',
      totals: TOTALS,
      digest: { ...DIGEST, interfaces },
      isHeartbeatMissing: false,
    });

    const answer = await handle({}, INVOCATION);

    expect(answer).not.toHaveProperty('digest');
    expect(fake.gauges).toEqual([
      ['FunctionsScanned', 10],
      ['FunctionsViolating', 3],
      ['FunctionsUnknown', 1],
      ['FunctionsIdle', 3],
      ['FunctionsQuarantined', 2],
      ['InterfaceQuotaUsedPercent', 90],
      ['FewestFreeAddresses', 7],
    ]);
  });

  it('measures no network where nothing is known of one', async () => {
    sweep.mockResolvedValueOnce({
      status: 'ended',
      digest: { ...DIGEST, interfaces: [vpcOf(3, undefined, [undefined])] },
      isHeartbeatMissing: false,
    });

    await handle({}, INVOCATION);

    const names = fake.gauges.map(([name]) => name);
    expect(names).not.toContain('InterfaceQuotaUsedPercent');
    expect(names).not.toContain('FewestFreeAddresses');
  });
});

describe('the deployed handler', () => {
  it('takes whatever the schedule sends', async () => {
    expect(await handler({ anything: 'at all' }, INVOCATION as never)).toMatchObject({
      status: 'not-due',
    });
  });
});

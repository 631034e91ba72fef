import { expect, it, vi } from 'vitest';
import { rememberReads } from '../../../lib/cli/plan/remember-reads.ts';
import type { ScanReads } from '../../../lib/cli/scan/read-only-ports.ts';
import { ARN, recordOf, snapshotOf } from '../../support/builders.ts';

/** Reads that count how often they are asked. */
function countedReads() {
  const reads = {
    nowMs: vi.fn<ScanReads['nowMs']>(() => 0),
    listPage: vi.fn<ScanReads['listPage']>(async () => ({ functions: [] })),
    readSnapshot: vi.fn<ScanReads['readSnapshot']>(async (arn) =>
      arn === ARN ? snapshotOf() : undefined,
    ),
    readRecords: vi.fn<ScanReads['readRecords']>(async () => new Map([[ARN, recordOf()]])),
    readNetwork: vi.fn<ScanReads['readNetwork']>(async () => ({ unknown: 'denied' })),
    readRole: vi.fn<ScanReads['readRole']>(async () => ({ unknown: 'denied' })),
    readFunctionCode: vi.fn<ScanReads['readFunctionCode']>(async () => ({ unknown: 'denied' })),
    readVersions: vi.fn<ScanReads['readVersions']>(async () => ({ value: [] })),
    readAliases: vi.fn<ScanReads['readAliases']>(async () => ({ value: new Map() })),
    readCapacityProvider: vi.fn<ScanReads['readCapacityProvider']>(async () => ({ unknown: 'no' })),
    readEventPaths: vi.fn<ScanReads['readEventPaths']>(async () => ({ unknown: 'no' })),
    readInterfaceQuota: vi.fn<ScanReads['readInterfaceQuota']>(async () => ({ value: 500 })),
    readLastInvocations: vi.fn<ScanReads['readLastInvocations']>(async () => ({
      value: new Map(),
    })),
    meetExemptions: vi.fn<ScanReads['meetExemptions']>(async () => new Map()),
  };
  return reads;
}

const askAll = (asked: ScanReads) =>
  Promise.all([
    asked.listPage(true, undefined),
    asked.readSnapshot(ARN),
    asked.readRecords([ARN]),
    asked.readNetwork('every', true),
    asked.readRole('role'),
    asked.readFunctionCode('role', ARN),
    asked.readVersions(ARN),
    asked.readAliases(ARN),
    asked.readCapacityProvider('provider'),
    asked.readEventPaths(ARN),
    asked.readInterfaceQuota(),
    asked.readLastInvocations(['orders-api']),
    asked.meetExemptions(['exemption-1']),
  ]);

it('asks everything once, be it at the same time or later, and answers the same', async () => {
  const { nowMs, ...counted } = countedReads();
  const reads = rememberReads({ nowMs, ...counted });

  const [first, second] = await Promise.all([askAll(reads), askAll(reads)]);
  const third = await askAll(reads);

  expect([second, third]).toEqual([first, first]);
  expect(Object.entries(counted).filter(([, read]) => read.mock.calls.length !== 1)).toEqual([]);
});

it('asks again for anything else', async () => {
  const counted = countedReads();
  const reads = rememberReads(counted);

  await reads.listPage(true, undefined);
  await reads.listPage(false, undefined);
  await reads.listPage(true, 'next');
  await reads.readNetwork(['vpc-1'], true);
  await reads.readNetwork(['vpc-1', 'vpc-2'], true);

  expect(counted.listPage).toHaveBeenCalledTimes(3);
  expect(counted.readNetwork).toHaveBeenCalledTimes(2);
});

it('remembers a refusal, so that both policies know as little', async () => {
  const counted = countedReads();
  counted.readSnapshot.mockRejectedValueOnce(new Error('throttled'));
  const reads = rememberReads(counted);

  await expect(reads.readSnapshot(ARN)).rejects.toThrow('throttled');
  await expect(reads.readSnapshot(ARN)).rejects.toThrow('throttled');
  expect(counted.readSnapshot).toHaveBeenCalledTimes(1);
});

it('passes the clock on as it goes', () => {
  const counted = countedReads();
  const reads = rememberReads(counted);

  counted.nowMs.mockReturnValue(7);

  expect(reads.nowMs()).toBe(7);
});

import { describe, expect, it } from 'vitest';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import { newRecord } from '../../functions/core/record.ts';
import type { RescanProgress, SweepPorts } from '../../functions/workflows/sweep-ports.ts';

/** Where records are read by the hundred, and what rescans leave. */
export interface AccountSubject
  extends Pick<
    SweepPorts,
    'writeRecord' | 'readRecords' | 'listRecorded' | 'keepReport' | 'noteProgress'
  > {
  readonly readReport: (reportId: string) => Promise<readonly ReportedFinding[]>;
  readonly readProgress: () => Promise<RescanProgress | undefined>;
}

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** A finding, but for what is given. */
export function reportedOf(given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    id: 'finding-1',
    controlId: 'LVG.1',
    functionArn: arnOf('orders-api'),
    verdict: 'violation',
    severity: 'high',
    reason: 'it is "so" \u{1F512}',
    attachment: { subnetIds: [], securityGroupIds: [], ipv6AllowedForDualStack: false },
    remediation: 'none',
    observedAt: '2026-11-22T09:00:00.000Z',
    ...given,
  };
}

/** What every store does that a whole account is looked up in. */
export function describeAccountContract(name: string, create: () => Promise<AccountSubject>): void {
  const attachedRecord = (functionName: string, vpcId = 'vpc-1') => ({
    ...newRecord(arnOf(functionName)),
    current: {
      attachment: {
        vpcId,
        subnetIds: ['subnet-1'],
        securityGroupIds: ['sg-1'],
        ipv6AllowedForDualStack: false,
      },
      call: 'CreateFunction',
      role: 'arn:aws:iam::123456789012:role/lambda-role',
    } as const,
  });

  describe(`${name} as the store of an account's records`, () => {
    it('reads many records by their ARNs, and leaves out what it does not have', async () => {
      const { writeRecord, readRecords } = await create();
      const written = await writeRecord(attachedRecord('a'));
      await writeRecord(newRecord(arnOf('A')));
      await writeRecord(newRecord(arnOf('c')));

      const records = await readRecords([arnOf('a'), arnOf('A'), arnOf('b'), arnOf('a')]);

      expect([...records.keys()].sort()).toEqual([arnOf('A'), arnOf('a')]);
      expect(records.get(arnOf('a'))).toStrictEqual(written);
      expect(await readRecords([])).toEqual(new Map());
    });

    it('reads more records than one answer holds', async () => {
      const { writeRecord, readRecords } = await create();
      const arns = Array.from({ length: 120 }, (_, index) => arnOf(`f-${index}`));
      await Promise.all(arns.map((functionArn) => writeRecord(newRecord(functionArn))));

      expect([...(await readRecords(arns)).keys()].sort()).toEqual(arns.toSorted());
    });

    it('lists the functions that were last seen in a VPC and are not deleted', async () => {
      const { writeRecord, listRecorded } = await create();
      await writeRecord(attachedRecord('a'));
      await writeRecord(attachedRecord('b', 'vpc-2'));
      await writeRecord(newRecord(arnOf('detached')));
      await writeRecord({ ...attachedRecord('gone'), isDeleted: true });

      const listed: string[] = [];
      for await (const functionArn of listRecorded()) listed.push(functionArn);

      expect(listed.sort()).toEqual([arnOf('a'), arnOf('b')]);
    });
  });

  describe(`${name} as the keeper of what rescans found`, () => {
    it('reads a report back, in its order', async () => {
      const { keepReport, readReport } = await create();
      const findings = [reportedOf(), reportedOf({ id: 'finding-2', verdict: 'unknown' })];
      await keepReport('one', findings);
      await keepReport('two', []);

      expect(await readReport('one')).toStrictEqual(findings);
      expect(await readReport('two')).toEqual([]);
      await expect(readReport('three')).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
    });

    it('knows how far the last rescan has come', async () => {
      const { noteProgress, readProgress } = await create();
      const progress = { rescanId: 'a', startedMs: 1, atMs: 2, scanned: 3, violations: 4 };

      expect(await readProgress()).toBeUndefined();
      await noteProgress({ ...progress, isOver: false });
      await noteProgress({ ...progress, atMs: 3, isOver: true });
      expect(await readProgress()).toStrictEqual({ ...progress, atMs: 3, isOver: true });
    });
  });
}

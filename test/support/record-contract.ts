import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../functions/core/attachment.ts';
import { type FunctionRecord, newRecord } from '../../functions/core/record.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** The ports that records stand behind. */
export type RecordPorts = Pick<Ports, 'readRecord' | 'writeRecord'>;

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const OTHER_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:pay-api';
const APPROVED: Attachment = {
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1'],
  ipv6AllowedForDualStack: false,
};

/** What every keeper of records does. */
export function describeRecordContract(name: string, create: () => Promise<RecordPorts>): void {
  describe(`${name} as the store of records`, () => {
    it('answers undefined for a function that nobody has looked at', async () => {
      const ports = await create();

      expect(await ports.readRecord(ARN)).toBeUndefined();
    });

    it('reads a record back as it was written, with the next version', async () => {
      const ports = await create();

      const written = await ports.writeRecord(fullRecord());

      expect(written).toStrictEqual({ ...fullRecord(), version: 1 });
      expect(await ports.readRecord(ARN)).toStrictEqual(written);
    });

    it('writes over the version that was read, again and again', async () => {
      const ports = await create();
      const first = await ports.writeRecord(newRecord(ARN));

      const second = await ports.writeRecord({ ...first, generation: 3 });

      expect(second).toStrictEqual({ ...newRecord(ARN), version: 2, generation: 3 });
      expect(await ports.readRecord(ARN)).toStrictEqual(second);
    });

    it('keeps the records of two functions apart', async () => {
      const ports = await create();
      await ports.writeRecord(newRecord(ARN));

      await ports.writeRecord({ ...newRecord(OTHER_ARN), generation: 2 });

      expect(await ports.readRecord(ARN)).toMatchObject({ functionArn: ARN, generation: 1 });
      expect(await ports.readRecord(OTHER_ARN)).toMatchObject({
        functionArn: OTHER_ARN,
        generation: 2,
      });
    });

    it.each([
      ['a first record where one exists', 0],
      ['a version that another handler has written over', 1],
      ['a version that was never written', 7],
    ])('refuses %s as stale and changes nothing', async (_, version) => {
      const ports = await create();
      await ports.writeRecord(await ports.writeRecord(newRecord(ARN)));

      const late = ports.writeRecord({ ...newRecord(ARN), version, generation: 9 });

      await expect(late).rejects.toMatchObject({ code: 'RECORD_STALE', retryable: true });
      expect(await ports.readRecord(ARN)).toMatchObject({ version: 2, generation: 1 });
    });

    it('lets one of two handlers write that read the same version', async () => {
      const ports = await create();

      const outcomes = await Promise.allSettled([
        ports.writeRecord({ ...newRecord(ARN), generation: 1 }),
        ports.writeRecord({ ...newRecord(ARN), generation: 2 }),
      ]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });
}

/** A record with every field, as deep as they go. */
function fullRecord(): FunctionRecord {
  const origin = { attachment: APPROVED, call: 'CreateFunction', principalArn: 'arn:p' } as const;
  return {
    ...newRecord(ARN),
    changedAtMs: 1_795_338_000_123,
    current: { ...origin, role: 'arn:aws:iam::123456789012:role/lambda-role' },
    candidate: origin,
    baseline: origin,
    violation: {
      id: 'violation-1',
      key: 'LVG.1|"quoted" \u{1F512}\n',
      controlIds: ['LVG.1'],
      sinceMs: 1,
      cause: 'change',
      causes: { 'LVG.1': 'change' },
      conflicts: 0,
      refused: [{ target: 'revert', error: 'AccessDeniedException: no' }],
      quarantines: 0,
      isTold: true,
    },
    intent: {
      remediationId: 'id-1',
      kind: 'revert',
      revisionId: 'revision-1',
      startedAtMs: 2,
      status: 'open',
      target: origin,
      undo: { attachment: APPROVED, reservedConcurrency: 0 },
    },
    quarantine: { remediationId: 'id-0', sinceMs: 3, previous: 0 },
    hold: { untilMs: 4, attachment: APPROVED, reason: 'r' },
    revertsMs: [1, 2, 3],
  };
}

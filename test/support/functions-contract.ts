import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../functions/core/attachment.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { type FunctionPorts, fakeSnapshot } from './fake-functions.ts';

/** Functions under test, and what people and time do to them. */
export interface FunctionsSubject {
  readonly ports: FunctionPorts;
  readonly create: (snapshot: FunctionSnapshot) => Promise<void>;
  readonly settle: (functionArn: string) => Promise<void>;
}

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const APPROVED: Attachment = {
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-1'],
  ipv6AllowedForDualStack: false,
};

/** What every keeper of functions does. */
export function describeFunctionsContract(
  name: string,
  create: () => Promise<FunctionsSubject>,
): void {
  describe(`${name} as the keeper of functions`, () => {
    it('answers undefined and `gone` for a function that does not exist', async () => {
      const { ports } = await create();

      expect(await ports.readSnapshot(ARN)).toBeUndefined();
      expect(await ports.attach(ARN, APPROVED, 'any')).toEqual({ status: 'gone' });
      expect(await ports.reserveConcurrency(ARN, 0)).toEqual({ status: 'gone' });
      expect(await ports.reserveConcurrency(ARN, undefined)).toEqual({ status: 'gone' });
      expect(await ports.wake(ARN)).toEqual({ status: 'gone' });
    });

    it('attaches at the revision that was read, and changes the revision', async () => {
      const { ports, create: createFunction, settle } = await create();
      await createFunction(fakeSnapshot());
      const before = await ports.readSnapshot(ARN);

      const outcome = await ports.attach(ARN, APPROVED, before?.revisionId ?? '');

      expect(outcome).toEqual({ status: 'done' });
      await settle(ARN);
      const after = await ports.readSnapshot(ARN);
      expect(after).toMatchObject({
        attachment: { subnetIds: APPROVED.subnetIds, securityGroupIds: APPROVED.securityGroupIds },
        state: 'Active',
        lastUpdateStatus: 'Successful',
      });
      expect(after?.revisionId).not.toBe(before?.revisionId);
    });

    it('answers `stale` at another revision and `busy` while AWS works on the function', async () => {
      const { ports, create: createFunction } = await create();
      await createFunction(fakeSnapshot());
      const { revisionId = '' } = (await ports.readSnapshot(ARN)) ?? {};

      expect(await ports.attach(ARN, APPROVED, 'revision-of-another')).toEqual({ status: 'stale' });
      expect(await ports.attach(ARN, APPROVED, revisionId)).toEqual({ status: 'done' });
      const { revisionId: next = '' } = (await ports.readSnapshot(ARN)) ?? {};
      expect(await ports.attach(ARN, APPROVED, next)).toEqual({ status: 'busy' });
    });

    it('reserves concurrency, none included, and removes the reservation', async () => {
      const { ports, create: createFunction } = await create();
      await createFunction(fakeSnapshot());

      expect(await ports.reserveConcurrency(ARN, 0)).toEqual({ status: 'done' });
      expect(await ports.readSnapshot(ARN)).toMatchObject({ reservedConcurrency: 0 });
      expect(await ports.reserveConcurrency(ARN, undefined)).toEqual({ status: 'done' });
      expect(await ports.readSnapshot(ARN)).not.toHaveProperty('reservedConcurrency');
    });
  });
}

import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decide.ts';
import type { Look } from '../../functions/core/look.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import { exemptNow } from '../../functions/core/tell-exempt.ts';
import {
  ATTACHMENTS,
  changeOf,
  findingOf,
  lookOf,
  originOf,
  recordOf,
  settledRecord,
  snapshotOf,
} from '../support/builders.ts';

describe('the history of an exemption', () => {
  const exemption = { owner: 'payments', reason: 'ticket 7', expires: '2027-03-31' };
  const exempt = findingOf('violation', { exemption });
  const record = settledRecord({ current: { ...originOf('forbidden'), role: snapshotOf().role } });
  const look = lookOf({ findings: [exempt], origin: changeOf(), known: recordOf(), record });

  it('tells who answers for what, and that nothing is done about it', () => {
    const { unkept } = decide(look).record;

    expect(unkept[1]).toMatchObject({
      event: 'violation',
      who: changeOf().actor,
      eventId: 'event-1',
      controlIds: ['LVG.1'],
      remediation: 'none',
      remediationReason: 'it is exempt: payments answers for it until 2027-03-31',
      exemption,
    });
    expect(unkept[2]).toMatchObject({
      event: 'baseline',
      why: 'it is exempt: payments answers for it until 2027-03-31, and AWS runs it',
    });
  });

  it('tells it once, and again of another place or another owner', () => {
    const once = { ...decide(look).record, unkept: [] };
    const known = settledRecord({ ...once });
    const again = (given: Partial<Look>) =>
      decide(lookOf({ findings: [exempt], known, record: known, ...given })).record;
    const violations = ({ unkept }: FunctionRecord) =>
      unkept.filter(({ event }) => event === 'violation').length;
    const elsewhere = snapshotOf({ attachment: ATTACHMENTS.alsoForbidden });
    const other = findingOf('violation', { exemption: { ...exemption, owner: 'orders' } });

    expect(violations(again({}))).toBe(0);
    expect(violations(again({ snapshot: elsewhere }))).toBe(1);
    expect(violations(again({ findings: [other] }))).toBe(1);
    expect(again({ findings: [findingOf('compliant')] })).not.toHaveProperty('exempted');
  });

  it('is read again from the record, whatever its owner is called, for where the function is', () => {
    const odd = findingOf('violation', { exemption: { ...exemption, owner: 'a|b' } });
    const known = decide({ ...look, findings: [odd] }).record;
    const elsewhere = { ...originOf('alsoForbidden'), role: snapshotOf().role };

    expect(exemptNow(known)).toEqual([{ controlId: 'LVG.1', owner: 'a|b', expires: '2027-03-31' }]);
    expect(exemptNow({ ...known, current: elsewhere })).toEqual([]);
    expect(exemptNow(recordOf())).toEqual([]);
  });

  it('does not tell it again after a look that could not tell', () => {
    const known = decide(look).record;
    const unclear = decide(
      lookOf({ findings: [findingOf('unknown', { exemption })], record: known }),
    );

    expect(unclear.record.exempted).toEqual(known.exempted);
    expect(unclear.record.unkept).toEqual(known.unkept);
  });
});

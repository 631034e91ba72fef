import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAccount, writeAccount } from '../../functions/core/account-attributes.ts';
import {
  type AccountItem,
  isKilled,
  isTripped,
  NEW_ACCOUNT,
} from '../../functions/core/account-item.ts';
import { newTrip } from '../../functions/core/breaker.ts';
import { ARN, NOW_MS } from '../support/builders.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const act = { command: 'mode audit', by: 'arn', atMs: NOW_MS, reason: 'an incident' };
const trip = newTrip({
  atMs: NOW_MS,
  reason: 'new-policy',
  policyHash: 'a'.repeat(64),
  limit: { max: 2, perMinutes: 15 },
  count: 3,
});
const FULL: AccountItem = {
  mode: 'enforce',
  breaker: 'tripped',
  spentMs: { 'remediation-1': NOW_MS },
  trip,
  tellingMs: NOW_MS,
  toldTrip: trip.id,
  approvedPolicy: 'b'.repeat(64),
  plan: { policyHash: trip.policyHash, functionArns: [ARN], max: 1, expiresMs: NOW_MS },
  planSpent: ['remediation-2'],
  modeSet: act,
  breakerSet: { ...act, command: 'breaker approve' },
};

describe('parseAccount', () => {
  it.each([
    ['that holds everything', FULL],
    ['that nobody wrote', NEW_ACCOUNT],
  ])('reads an item %s as it was written', (_, item) => {
    expect(parseAccount(writeAccount(item), HOME)).toEqual(item);
  });

  it('writes the policy of a trip by itself, for those who reset by hand', () => {
    expect(writeAccount(FULL)).toMatchObject({ trippedPolicy: trip.policyHash });
    expect(writeAccount(NEW_ACCOUNT)['trippedPolicy']).toBeUndefined();
  });

  it.each([
    ['mode', { mode: null }, { isKilled: true, isTripped: false }],
    ['breaker', { breaker: 7 }, { isKilled: false, isTripped: true }],
  ])('takes a %s that is no text for one that stops', (_, attributes, expected) => {
    const item = parseAccount(attributes, HOME);

    expect({ isKilled: isKilled(item), isTripped: isTripped(item) }).toEqual(expected);
  });

  it('takes what nobody can read for what is not there', () => {
    const attributes = { trip: 'null', spent: [], planSpent: 7, tellingMs: 'soon' };

    expect(parseAccount(attributes, HOME)).toEqual(NEW_ACCOUNT);
  });

  it.each(['{', 7])('says what is wrong with the plan %j that somebody wrote by hand', (plan) => {
    expect(parseAccount({ plan }, HOME)).toEqual({
      ...NEW_ACCOUNT,
      planFaults: ['`the account item`: expected a JSON object'],
    });
  });

  it('never throws, whoever wrote it', () => {
    const names = fc.constantFrom(...Object.keys(writeAccount(FULL)));
    const values = fc.oneof(fc.anything(), fc.json());

    fc.assert(
      fc.property(fc.dictionary(names, values), (attributes) => {
        expect(parseAccount(attributes, HOME)).toHaveProperty('spentMs');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import {
  type FunctionSnapshot,
  isIdle,
  isInFlight,
  isNotRestored,
  isSettled,
} from '../../functions/core/snapshot.ts';
import { snapshotOf } from '../support/builders.ts';

const { lastUpdateStatus, ...neverUpdated } = snapshotOf();

describe('a snapshot', () => {
  it.each([
    ['settled', snapshotOf()],
    ['settled', neverUpdated],
    [
      'settled, idle, not restored',
      snapshotOf({ state: 'Inactive', stateReasonCode: 'InvalidSubnet' }),
    ],
    ['settled, idle', snapshotOf({ state: 'Inactive', stateReasonCode: 'Idle' })],
    ['in flight', snapshotOf({ state: 'Pending' })],
    ['in flight', { ...neverUpdated, state: 'Pending' }],
    ['in flight', snapshotOf({ lastUpdateStatus: 'InProgress' })],
    [
      'in flight, idle',
      snapshotOf({ state: 'Inactive', stateReasonCode: 'Idle', lastUpdateStatus: 'InProgress' }),
    ],
    ['', snapshotOf({ lastUpdateStatus: 'Failed' })],
    ['', snapshotOf({ lastUpdateStatus: 'Postponed' })],
    ['', snapshotOf({ state: 'Failed' })],
    ['', snapshotOf({ state: 'Hibernating' })],
  ])('is $0 where it should be', (expected, snapshot) => {
    const said = [
      isInFlight(snapshot) ? 'in flight' : '',
      isSettled(snapshot) ? 'settled' : '',
      isIdle(snapshot) ? 'idle' : '',
      isNotRestored(snapshot) ? 'not restored' : '',
    ];

    expect(said.filter(Boolean).join(', ')).toBe(expected);
  });

  it('has no place for what may be secret', () => {
    const known: Record<keyof FunctionSnapshot, true> = {
      functionArn: true,
      revisionId: true,
      role: true,
      attachment: true,
      state: true,
      stateReasonCode: true,
      lastUpdateStatus: true,
      lastUpdateStatusReasonCode: true,
      packageType: true,
      hasSnapStart: true,
      hasCapacityProvider: true,
      capacityProviderArn: true,
      lastModifiedMs: true,
      deadLetterTargetArn: true,
      reservedConcurrency: true,
      tags: true,
      unread: true,
    };

    expect(Object.keys(known).join()).not.toMatch(/environment|codeLocation|layer|url|secret/i);
  });
});

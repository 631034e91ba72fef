import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSweepState } from '../../functions/core/parse-sweep.ts';
import { FULL_SWEEP } from '../support/sweep-contract.ts';

const { underway, last, digest, heartbeat } = FULL_SWEEP;

describe('parseSweepState', () => {
  it.each([
    ['everything', FULL_SWEEP],
    ['nothing', {}],
    ['a sweep at the head of the list', { underway: { ...underway, marker: undefined } }],
    ['only the last sweep', { last }],
  ])('reads %s back as it was written', (_, state) => {
    const written = JSON.parse(JSON.stringify({ ...state, version: 7 }));

    expect(parseSweepState(written, 7)).toStrictEqual(written);
  });

  it('counts by the version that is given', () => {
    expect(parseSweepState({ version: 3 }, 7)).toStrictEqual({ version: 7 });
  });

  it.each([
    ['underway', { ...underway, id: undefined }],
    ['underway', { ...underway, parts: '2' }],
    ['underway', { ...underway, marker: 7 }],
    ['underway', { ...underway, totals: undefined }],
    ['underway', { ...underway, totals: { ...underway?.totals, scanned: null } }],
    ['underway', { ...underway, totals: { ...underway?.totals, idle: { functions: 1 } } }],
    ['underway', { ...underway, totals: { ...underway?.totals, violations: [] } }],
    ['underway', { ...underway, totals: { ...underway?.totals, violations: { 'LVG.1': {} } } }],
    ['last', { ...last, endedMs: 'late' }],
    ['digest', { ...digest, key: 7 }],
    ['digest', null],
    ['heartbeat', { ...heartbeat, isMissingTold: 'no' }],
    ['heartbeat', 'none'],
  ] as const)('leaves out only %s where it is %j', (name, broken) => {
    const { [name]: _, ...others } = FULL_SWEEP;

    expect(parseSweepState({ ...FULL_SWEEP, [name]: broken }, 1)).toStrictEqual({
      ...others,
      version: 1,
    });
  });

  it.each([undefined, null, 'text', 7, [FULL_SWEEP]])('knows of no sweep from %j', (value) => {
    expect(parseSweepState(value, 7)).toStrictEqual({ version: 7 });
  });

  it('never throws', () => {
    const member = fc.oneof(fc.anything(), fc.constant(underway), fc.constant(last));
    const state = fc.record(
      { underway: member, last: member, digest: member, heartbeat: member },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), state), (value) => {
        expect(parseSweepState(value, 1).version).toBe(1);
      }),
    );
  });
});

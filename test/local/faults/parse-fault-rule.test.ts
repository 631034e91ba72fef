import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFaultRule } from '../../../lib/local/faults/parse-fault-rule.ts';

const CALL = { service: 'lambda', operation: 'Get*' };

describe('parseFaultRule', () => {
  it.each([
    { ...CALL, kind: 'throttle' },
    { ...CALL, kind: 'error', name: 'ServiceException', status: 500 },
    { ...CALL, kind: 'error', name: 'X', status: 400, message: 'text', nth: 2, count: 1 },
    { ...CALL, kind: 'latency', seconds: 1.5, probability: 0.5, caller: '*role*' },
    { ...CALL, kind: 'reset' },
    { ...CALL, kind: 'hang', after: true },
    { ...CALL, kind: 'crash', after: false, handling: 'orders-api' },
  ])('reads %j', (rule) => {
    expect(parseFaultRule(rule)).toEqual({ ok: true, rule });
  });

  it.each([
    ['x', ['expected an object']],
    [[], ['expected an object']],
    [null, ['expected an object']],
    [CALL, ['kind: expected one of error, throttle, latency, reset, hang, crash']],
    [{ kind: 'toString' }, ['kind: expected one of error, throttle, latency, reset, hang, crash']],
    [
      { kind: 'throttle', operation: '' },
      [
        'service: missing, expected a signing name such as `lambda`, or `*`',
        'operation: expected an operation such as `GetFunction`, or a pattern with `*`',
      ],
    ],
    [
      { ...CALL, kind: 'error', status: 200 },
      [
        'name: missing, expected the name of the error',
        'status: expected an HTTP status from 400 to 599',
      ],
    ],
    [
      { ...CALL, kind: 'hang', after: 'x', seconds: 3, nth: 0, probability: 2, count: 1.5 },
      [
        'nth: expected a whole number from 1',
        'count: expected a whole number from 1',
        'probability: expected a number from 0 to 1',
        'after: expected true or false',
        'seconds: unknown for kind `hang`',
      ],
    ],
    [{ ...CALL, kind: 'latency', seconds: 0 }, ['seconds: expected a number from 0.001 to 900']],
  ])('refuses %j', (value, faults) => {
    expect(parseFaultRule(value)).toEqual({ ok: false, faults });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseFaultRule(value)).toHaveProperty('ok');
        expect(parseFaultRule({ ...CALL, kind: 'error', name: value })).toHaveProperty('ok');
      }),
    );
  });
});

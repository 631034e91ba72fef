import { describe, expect, it } from 'vitest';
import { toPayload } from '../../../lib/cli/rescan/to-payload.ts';
import { ARN } from '../../support/builders.ts';

const HERE = 'us-east-1';
const EXPECTED =
  'expected the name or ARN of a function, without version or alias, or a pattern such as `nightly-*`';

describe('the payload of a rescan', () => {
  it('says only what was asked for', () => {
    expect(toPayload([], {}, HERE)).toEqual({});
    expect(toPayload(['nightly-*', ARN], { mode: 'audit', wake: false }, HERE)).toEqual({
      functions: ['nightly-*', ARN],
      mode: 'audit',
      wake: false,
    });
    expect(toPayload(['orders-api'], { verdicts: true }, HERE)).toEqual({
      functions: ['orders-api'],
      verdicts: true,
    });
  });

  it.each([
    [['no/name', 'a b'], `${EXPECTED}, got \`no/name\`; ${EXPECTED}, got \`a b\``],
    [['orders-api:PROD'], `${EXPECTED}, got \`orders-api:PROD\``],
    [[''], `${EXPECTED}, got \`\``],
  ])('refuses %j as no function', (functions, message) => {
    expect(() => toPayload(functions, {}, HERE)).toThrow(message);
  });

  it.each([
    ['another region', [ARN.replace(HERE, 'eu-west-1')], {}, 'account 123456789012 in us-east-1'],
    [
      'two accounts',
      [ARN, '210987654321:function:orders-api'],
      {},
      '`functions[1]`: expected a function of account 123456789012',
    ],
    ['too many', Array.from({ length: 1001 }, () => 'a'), {}, 'expected 1 to 1000 names'],
    ['every verdict of all', [], { verdicts: true }, '`verdicts`: expected `functions` with'],
    ['every verdict of a pattern', ['a*'], { verdicts: true }, 'no patterns'],
  ])('refuses %s', (_, functions, options, message) => {
    expect(() => toPayload(functions, options, HERE)).toThrow(message);
    expect(() => toPayload(functions, options, HERE)).toThrow(
      expect.objectContaining({ name: 'UsageError' }),
    );
  });
});

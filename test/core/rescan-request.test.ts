import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesFunction,
  namedFunctions,
  parseRescanRequest,
} from '../../functions/core/rescan-request.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const PREFIX = 'arn:aws:lambda:us-east-1:123456789012:function:';
const EXPECTED =
  'expected a function of account 123456789012 in us-east-1 by name, ARN or pattern such as `nightly-*`';

describe('parseRescanRequest', () => {
  it.each([undefined, null, {}])('asks for every function where the payload is %j', (payload) => {
    expect(parseRescanRequest(payload, HOME)).toEqual({
      ok: true,
      request: { functions: ['*'], wake: true, verdicts: false },
    });
  });

  it('reads names, ARNs and patterns', () => {
    const payload = {
      functions: ['orders', `${PREFIX}pay`, '123456789012:function:in', 'nightly-*', '*'],
      mode: 'audit',
      wake: false,
      verdicts: false,
    };

    expect(parseRescanRequest(payload, HOME)).toEqual({
      ok: true,
      request: {
        functions: [`${PREFIX}orders`, `${PREFIX}pay`, `${PREFIX}in`, 'nightly-*', '*'],
        mode: 'audit',
        wake: false,
        verdicts: false,
      },
    });
  });

  it('answers what every control says of functions that are named', () => {
    const asked = (functions: readonly string[]) =>
      parseRescanRequest({ functions, verdicts: true }, HOME);
    const fifty = Array.from({ length: 50 }, (_, index) => `f${index}`);

    expect(asked(fifty)).toMatchObject({ ok: true, request: { verdicts: true } });
    for (const functions of [['nightly-*'], [...fifty, 'one-more']]) {
      expect(asked(functions)).toEqual({
        ok: false,
        faults: [
          '`verdicts`: expected `functions` with at most 50 names or ARNs beside it, no patterns',
        ],
      });
    }
    expect(parseRescanRequest({ verdicts: 'all' }, HOME)).toEqual({
      ok: false,
      faults: ['`verdicts`: expected true or false, got the text `all`'],
    });
  });

  it('reports every fault', () => {
    const payload = {
      functions: [
        '',
        7,
        'a b*',
        'arn:aws:lambda:eu-west-1:123456789012:function:x',
        '999999999999:function:x',
        'q2:1',
        `${PREFIX}pay:$LATEST`,
      ],
      mode: 'off',
      wake: 'yes',
      function: 'x',
    };

    expect(parseRescanRequest(payload, HOME)).toEqual({
      ok: false,
      faults: [
        'unknown key `function`: expected one of functions, mode, wake, verdicts',
        `\`functions[0]\`: ${EXPECTED}, got \`\``,
        `\`functions[1]\`: ${EXPECTED}, got \`7\``,
        `\`functions[2]\`: ${EXPECTED}, got \`a b*\``,
        `\`functions[3]\`: ${EXPECTED}, got \`arn:aws:lambda:eu-west-1:123456789012:function:x\``,
        `\`functions[4]\`: ${EXPECTED}, got \`999999999999:function:x\``,
        '`functions[5]`: expected a function without version or alias, got `q2:1`',
        `\`functions[6]\`: expected a function without version or alias, got \`${PREFIX}pay:$LATEST\``,
        '`mode`: expected `audit` or `enforce`, got `off`',
        '`wake`: expected true or false, got the text `yes`',
      ],
    });
  });

  it.each([
    ['false', 'the text `false`'],
    [0, '`0`'],
    [null, '`null`'],
  ])('says what a switch is that is neither true nor false: %j', (wake, got) => {
    expect(parseRescanRequest({ wake }, HOME)).toEqual({
      ok: false,
      faults: [`\`wake\`: expected true or false, got ${got}`],
    });
  });

  it.each([
    { functions: [], got: 'a list of 0' },
    { functions: Array(20_000).fill('x'), got: 'a list of 20000' },
    { functions: 'orders', got: '`orders`' },
  ])('refuses $got in place of a list of functions', ({ functions, got }) => {
    expect(parseRescanRequest({ functions }, HOME)).toEqual({
      ok: false,
      faults: [`\`functions\`: expected 1 to 1000 names, ARNs or patterns in a list, got ${got}`],
    });
  });

  it.each(['x', { functions: 'orders' }, { functions: [] }, { functions: Array(1001).fill('x') }])(
    'refuses a payload that could be read as another request than was meant',
    (payload) => {
      expect(parseRescanRequest(payload, HOME).ok).toBe(false);
    },
  );

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (payload, functions) => {
        parseRescanRequest(payload, HOME);
        parseRescanRequest({ functions: [functions] }, HOME);
      }),
    );
  });
});

describe('matchesFunction', () => {
  it.each([
    { patterns: ['*'], expected: true },
    { patterns: [`${PREFIX}nightly-report`], expected: true },
    { patterns: ['nightly-*'], expected: true },
    { patterns: ['nightly'], expected: false },
    { patterns: [`${PREFIX}nightly`], expected: false },
    { patterns: [], expected: false },
  ])('is $expected for nightly-report and $patterns', ({ patterns, expected }) => {
    expect(matchesFunction(patterns, `${PREFIX}nightly-report`)).toBe(expected);
  });
});

describe('namedFunctions', () => {
  it('tells what is named without a pattern, once', () => {
    const functions = ['pay-*', `${PREFIX}orders`, '?', `${PREFIX}orders`];

    expect([...namedFunctions({ functions, wake: false, verdicts: false })]).toEqual([
      `${PREFIX}orders`,
    ]);
  });
});

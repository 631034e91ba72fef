import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  functionNameOf,
  parseFunctionArn,
  parseFunctionName,
  parseHome,
  toFunctionArn,
} from '../../functions/core/function-name.ts';
import names from '../cases/function-names.json' with { type: 'json' };

const HOME = { account: '123456789012', region: 'us-east-1' };

describe('parseFunctionName', () => {
  it.each(names)('reads $text', ({ text, expected }) => {
    expect(parseFunctionName(text)).toStrictEqual(expected ?? undefined);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseFunctionName(text);
      }),
    );
  });
});

describe('toFunctionArn', () => {
  it.each([
    { name: { name: 'f' }, home: HOME, arn: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
    {
      name: { name: 'f', account: '999999999999', region: 'eu-west-1', qualifier: '1' },
      home: HOME,
      arn: 'arn:aws:lambda:eu-west-1:999999999999:function:f',
    },
    {
      name: { name: 'f' },
      home: { ...HOME, region: 'us-gov-west-1' },
      arn: 'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f',
    },
    {
      name: { name: 'f' },
      home: { ...HOME, region: 'cn-north-1' },
      arn: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:f',
    },
    {
      name: { name: 'f', partition: 'aws-iso', region: 'us-iso-east-1' },
      home: HOME,
      arn: 'arn:aws-iso:lambda:us-iso-east-1:123456789012:function:f',
    },
  ])('writes $arn', ({ name, home, arn }) => {
    expect(toFunctionArn(name, home)).toBe(arn);
    expect(parseFunctionArn(arn)).toBe(arn);
    expect(functionNameOf(arn)).toBe('f');
  });
});

describe('parseFunctionArn', () => {
  it.each([
    { text: 'arn:aws:lambda:us-east-1:123456789012:function:f:7', drops: 'a version' },
    { text: 'arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST', drops: '$LATEST' },
  ])('drops $drops', ({ text }) => {
    expect(parseFunctionArn(text)).toBe('arn:aws:lambda:us-east-1:123456789012:function:f');
  });

  it.each(['f', '-', 'us-east-1:123456789012:function:f', 'arn:aws:iam::123456789012:role/f'])(
    'takes %s for no ARN of a function',
    (text) => {
      expect(parseFunctionArn(text)).toBeUndefined();
    },
  );
});

describe('parseHome', () => {
  it.each([
    { account: '123456789012', region: 'us-east-1', expected: HOME },
    { account: '-', region: 'us-east-1', expected: undefined },
    { account: 123456789012, region: 'us-east-1', expected: undefined },
    { account: '123456789012', region: '-', expected: undefined },
    { account: '123456789012', region: undefined, expected: undefined },
    { account: '123456789012', region: ['us-east-1'], expected: undefined },
  ])('reads account $account and region $region', ({ account, region, expected }) => {
    expect(parseHome(account, region)).toEqual(expected);
  });
});

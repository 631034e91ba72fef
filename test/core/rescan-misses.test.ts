import { describe, expect, it } from 'vitest';
import { missesOf } from '../../functions/core/rescan-misses.ts';

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const misses = (functions: readonly string[], there: readonly string[], isGone = false) =>
  missesOf(
    { functions, wake: false, verdicts: false },
    there.map((name) => ({ functionArn: arnOf(name), isGone })),
  );

describe('missesOf', () => {
  it.each([
    { asked: ['*'], there: ['orders'], functionArns: [], patterns: [] },
    { asked: ['*'], there: [], functionArns: [], patterns: ['*'] },
    { asked: ['ord*', 'pay-?'], there: ['orders'], functionArns: [], patterns: ['pay-?'] },
    { asked: ['a*', 'a*'], there: [], functionArns: [], patterns: ['a*'] },
    {
      asked: [arnOf('orders'), arnOf('pay'), 'ord*'],
      there: ['orders'],
      functionArns: [arnOf('pay')],
      patterns: [],
    },
  ])('is what nobody has of $asked where $there are there', (given) => {
    const { asked, there, functionArns, patterns } = given;

    expect(misses(asked, there)).toEqual({ functionArns, patterns });
  });

  it('counts what was deleted meanwhile as missed', () => {
    expect(misses(['ord*', arnOf('orders')], ['orders'], true)).toEqual({
      functionArns: [arnOf('orders')],
      patterns: ['ord*'],
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFunctionName } from '../../../lib/local/lambda/function-name.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

const PLACE = { accountId: '123456789012', region: 'us-east-1' };

describe('parseFunctionName', () => {
  it('reads every legal form as the same function', () => {
    const name = fc.stringMatching(/^fn[a-zA-Z0-9-_]{1,38}$/);
    const prefix = fc.constantFrom(
      '',
      'function:',
      '123456789012:function:',
      'us-east-1:123456789012:function:',
      'arn:aws:lambda:us-east-1:123456789012:function:',
    );
    const qualifier = fc.constantFrom(undefined, '$LATEST', '7', 'live');

    fc.assert(
      fc.property(name, prefix, qualifier, (bare, before, after) => {
        const text = `${before}${bare}${after === undefined ? '' : `:${after}`}`;

        expect(parseFunctionName(text, PLACE)).toEqual({
          name: bare,
          arn: `arn:aws:lambda:us-east-1:123456789012:function:${bare}`,
          ...(after === undefined ? {} : { qualifier: after }),
        });
      }),
    );
  });

  it('never throws anything but the error that AWS answers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        try {
          parseFunctionName(text, PLACE);
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
          expect(error).toMatchObject({ code: 'ValidationException', status: 400 });
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { asFact } from '../../functions/adapters/as-fact.ts';
import { observationFailed } from '../../functions/adapters/aws-errors.ts';
import { awsError } from '../support/aws-error.ts';

describe('asFact', () => {
  it('hands out what is read', async () => {
    expect(await asFact(async () => 7)).toEqual({ value: 7 });
  });

  it.each([
    ['AccessDenied', 403],
    ['AccessDeniedException', 400],
    ['AuthorizationError', 403],
    ['AuthorizationErrorException', 403],
    ['UnauthorizedOperation', 403],
  ])('knows nothing where AWS answers %s, and says why', async (name, status) => {
    const read = async () => {
      throw observationFailed(awsError(name, status), 'could not read the network');
    };

    expect(await asFact(read)).toEqual({
      unknown: `could not read the network: ${name}: because`,
    });
  });

  it.each([
    ['a throttle', observationFailed(awsError('RequestLimitExceeded', 503), 'could not read')],
    ['an outage', observationFailed(awsError('InternalError', 500), 'could not read')],
    ['a denial that no adapter translated', awsError('AccessDenied', 403)],
    ['a bug', new TypeError('x is undefined')],
  ])('throws %s on', async (_, error) => {
    await expect(asFact(() => Promise.reject(error))).rejects.toBe(error);
  });
});

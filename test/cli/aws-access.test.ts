import { describe, expect, it } from 'vitest';
import { callFailed } from '../../lib/cli/aws-access.ts';
import { UsageError } from '../../lib/cli/usage-error.ts';
import { awsError } from '../support/aws-error.ts';

describe('what stopped a call', () => {
  it.each([
    'ExpiredToken',
    'InvalidClientTokenId',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ])('is the fault of the credentials: %s', (name) => {
    const error = callFailed(awsError(name, 403), 'could not ask');

    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^AWS refuses the credentials: /);
  });

  it('is the fault of the endpoint where that is no address', () => {
    const invalid = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
    const error = callFailed(invalid, 'could not ask');

    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain('`AWS_ENDPOINT_URL`: expected a URL');
  });

  it('is told as it is where the user can do nothing about it', () => {
    const error = callFailed(awsError('InternalError', 500), 'could not ask');

    expect(error).not.toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^could not ask: InternalError/);
  });
});

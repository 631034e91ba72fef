import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeAwsError,
  isFinal,
  observationFailed,
  parseAwsError,
  writeFailed,
} from '../../functions/adapters/aws-errors.ts';
import { awsError } from '../support/aws-error.ts';

describe('parseAwsError', () => {
  it('keeps name, status, reason and code', () => {
    const error = awsError('TooManyRequestsException', 429, { Reason: 'CallerRate', code: 'E' });

    expect(parseAwsError(error)).toEqual({
      name: 'TooManyRequestsException',
      message: 'because',
      status: 429,
      throttleReason: 'CallerRate',
      nodeCode: 'E',
    });
  });

  it('makes one line of at most 500 characters of a message', () => {
    const { message } = parseAwsError(
      awsError('X', 400, { message: `a\n\tb\u0000 ${'ccc '.repeat(300)}` }),
    );

    expect(message.startsWith('a b ccc')).toBe(true);
    expect(message).toHaveLength(500);
  });

  it.each([
    ['lambda:GetFunction', 'AccessDeniedException', ' on resource: '],
    ['iam:SimulatePrincipalPolicy', 'AccessDenied', ' on resource: '],
    ['ec2:DescribeSubnets', 'UnauthorizedOperation', ' because no identity-based policy allows '],
  ])(
    'keeps the permission that AWS names, %s, behind the longest caller that there is',
    (action, name, rest) => {
      const caller = `arn:aws-us-gov:sts::123456789012:assumed-role/${'r'.repeat(64)}/${'s'.repeat(64)}`;
      const message = `User: ${caller} is not authorized to perform: ${action}${rest}${'x'.repeat(600)}`;
      const error = Object.assign(new Error(message), { name });

      const failure = observationFailed(error, 'could not read it');

      expect(failure.message).toMatch(/^could not read it: /u);
      expect(failure.message).toContain(`is not authorized to perform: ${action}${rest}`);
    },
  );

  it('hides what looks like a secret, also where the message ends in it', () => {
    const message = `${'it failed '.repeat(48)}https://x.amazonaws.com/hunter2?token=hunter2`;

    const parsed = parseAwsError(awsError('X', 400, { message }));

    expect(parsed.message).toContain('https://x.amaz');
    expect(parsed.message).not.toContain('hunter2');
  });

  it('never throws, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (thrown) => {
        expect(parseAwsError(thrown).name).toBe('Error');
      }),
    );
  });
});

describe('describeAwsError', () => {
  it('names the error alone where AWS says no more', () => {
    expect(describeAwsError({ name: 'AccessDenied', message: '' })).toBe('AccessDenied');
  });
});

describe('isFinal', () => {
  it.each([
    ['InvalidParameterValueException', 400, true],
    ['AccessDeniedException', 403, true],
    ['ResourceConflictException', 409, true],
    ['SomethingNewException', 418, true],
    ['TooManyRequestsException', 429, false],
    ['SomethingNewException', 429, false],
    ['ThrottlingException', 400, false],
    ['ExpiredTokenException', 403, false],
    ['ServiceException', 500, false],
    ['TimeoutError', undefined, false],
  ])('takes %s with status %s as final: %s', (name, status, expected) => {
    expect(isFinal(parseAwsError(awsError(name, status)))).toBe(expected);
  });
});

describe('translated errors', () => {
  it('says on one line what could not be done and why, and keeps the cause', () => {
    const cause = awsError('AccessDeniedException', 403, { message: 'no\npermission' });

    const error = observationFailed(cause, 'could not read function `orders-api`');

    expect(error).toMatchObject({ code: 'OBSERVATION_FAILED', retryable: true, cause });
    expect(error.message).toBe(
      'could not read function `orders-api`: AccessDeniedException: no permission',
    );
  });

  it.each([
    ['AccessDeniedException', 'REMEDIATION_DENIED', false],
    ['AccessDenied', 'REMEDIATION_DENIED', false],
    ['UnauthorizedOperation', 'REMEDIATION_DENIED', false],
    ['InternalServerError', 'REMEDIATION_FAILED', true],
  ])('translates %s at a write to %s', (name, code, retryable) => {
    expect(writeFailed(awsError(name, 400), 'could not write')).toMatchObject({ code, retryable });
  });
});

import { describe, expect, it } from 'vitest';
import { howToRelease } from '../../../functions/core/notices/how-to-release.ts';
import { parseReleaseRequest } from '../../../functions/core/release-request.ts';
import { ARN, enforcingPolicy, lookOf } from '../../support/builders.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };

describe('howToRelease', () => {
  it('gives a command that the release understands', () => {
    const step = howToRelease(lookOf());

    expect(step).toContain(
      '--region us-east-1 --function-name lambda-vpc-guardrail-release-on-request',
    );
    const [, payload = ''] = /--payload '([^']+)'/.exec(step) ?? [];
    expect(parseReleaseRequest(JSON.parse(payload), HOME)).toEqual({
      ok: true,
      request: { functionArn: ARN, reason: 'TEXT', force: true, holdHours: 24 },
    });
  });

  it.each([
    [true, /^It is released by itself once it is compliant; until then .* by force: aws lambda/],
    [false, /^An operator releases it once it is compliant, without `force` .* by force: aws/],
  ])('says who releases it where autoRelease is %s', (autoRelease, expected) => {
    expect(howToRelease(lookOf({ policy: enforcingPolicy({ autoRelease }) }))).toMatch(expected);
  });
});

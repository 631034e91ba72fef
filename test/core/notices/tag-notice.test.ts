import { describe, expect, it } from 'vitest';
import { tagNotice } from '../../../functions/core/notices/tag-notice.ts';
import { changeOf, enforcingPolicy, goodLookOf } from '../../support/builders.ts';

const policy = enforcingPolicy({
  trustedTags: [{ key: 'keep', writers: ['arn:aws:iam::*:role/platform-*'] }],
});

function tell(given: Parameters<typeof changeOf>[1]) {
  const news = changeOf('approved', { kind: 'tags', ...given });
  return tagNotice(goodLookOf({ policy, news }));
}

describe('tagNotice', () => {
  it('says who set a tag that the policy goes by, and that it does not count', () => {
    expect(tell({ tags: { keep: 'true', team: 'a' } })).toMatchObject({
      kind: 'tag',
      subject: '[low] orders-api had a tag changed that the policy goes by',
      text: expect.stringMatching(
        /role\/deploy .*session pipeline-7.*\n\nThe tag `keep` was set to `true` by none of its writers, so it does not count\.$/s,
      ),
    });
  });

  it('says that it counts where one of its writers set it', () => {
    const actor = { principalArn: 'arn:aws:iam::123456789012:role/platform-ops' };

    expect(tell({ tags: { keep: 'true' }, actor })?.text).toContain('so it counts');
  });

  it.each([
    [
      '2026-11-21',
      [],
      /by one of its writers, and yet it exempts .* ended with 2026-11-21 \(UTC\)\.$/,
    ],
    ['2026-11-22', [], /so it counts\.$/],
    ['2026-11-21', ['tag:keep=true'], /so it counts\.$/],
  ])('says whether what goes by it has ended: on %s, beside %j', (expires, wake, expected) => {
    const exemption = {
      id: 'exemption-1',
      functions: ['tag:keep=true'],
      controls: ['LVG.1'],
      owner: 'payments',
      reason: 'a migration',
      expires,
      includeNew: false,
    };
    const ended = { ...policy, exemptions: [exemption], idle: { ...policy.idle, wake } };
    const actor = { principalArn: 'arn:aws:iam::123456789012:role/platform-ops' };
    const news = changeOf('approved', { kind: 'tags', tags: { keep: 'true' }, actor });

    expect(tagNotice(goodLookOf({ policy: ended, news }))?.text).toMatch(expected);
  });

  it('says who took it away', () => {
    expect(tell({ untagged: ['keep'] })?.text).toContain('The tag `keep` was taken away');
  });

  it('says nothing of other tags, of old events and of looks without one', () => {
    expect(tell({ tags: { team: 'a' } })).toBeUndefined();
    expect(tell({})).toBeUndefined();
    expect(tagNotice(goodLookOf({ policy }))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { lastNotices } from '../../functions/core/last-notices.ts';
import { noticeOf, quarantineIntent, revertIntent } from '../support/builders.ts';

const outbox = [noticeOf('notice-0'), noticeOf('notice-1')];

describe('lastNotices', () => {
  it('doubts the notice of a remediation of which nobody saw whether AWS took it', () => {
    const [told, doubted] = lastNotices({ outbox, intent: quarantineIntent() });

    expect(told).toEqual(noticeOf('notice-0'));
    expect(doubted).toMatchObject({
      id: 'notice-1',
      text: expect.stringMatching(/^text\n\nThe function was deleted before/),
    });
  });

  it.each([
    ['no remediation is open', undefined],
    ['AWS took it', revertIntent({ status: 'sent' })],
  ])('leaves them as they are where %s', (_, intent) => {
    expect(lastNotices({ outbox, ...(intent === undefined ? {} : { intent }) })).toEqual(outbox);
  });
});

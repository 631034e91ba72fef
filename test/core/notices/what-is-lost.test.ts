import { describe, expect, it } from 'vitest';
import { withWhatIsLost } from '../../../functions/core/notices/what-is-lost.ts';
import { noticeOf } from '../../support/builders.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:orders';
const DEAD = 'arn:aws:sqs:us-east-1:123456789012:dead';
const FAILED = 'arn:aws:sns:us-east-1:123456789012:failed';
const LOST =
  'Asynchronous events are lost: it has no dead-letter queue and no destination for failures.';

/** What is added to a notice. */
function added(
  paths: Parameters<typeof withWhatIsLost>[1],
  snapshot: Parameters<typeof withWhatIsLost>[2] = {},
): readonly string[] {
  const notice = noticeOf('notice-1');
  const { text, ...rest } = withWhatIsLost(notice, paths, snapshot);
  const { text: before, ...others } = notice;
  expect(rest).toEqual(others);
  expect(text.startsWith(`${before}\n\n`)).toBe(true);
  return text.slice(before.length + 2).split('\n\n');
}

describe('withWhatIsLost', () => {
  it('says that asynchronous events are lost where nothing takes them', () => {
    expect(added({ value: { sources: [] } })).toEqual([LOST]);
  });

  it('names where they go: the destination before the dead-letter queue', () => {
    const both = { value: { onFailure: FAILED, sources: [] } };

    expect(added({ value: { sources: [] } }, { deadLetterTargetArn: DEAD })).toEqual([
      `Asynchronous events go to ${DEAD}.`,
    ]);
    expect(added(both, { deadLetterTargetArn: DEAD })).toEqual([
      `Asynchronous events go to ${FAILED}.`,
    ]);
  });

  it('names what hands nothing over, and counts what is too much to name', () => {
    const sources = Array.from({ length: 22 }, (_, index) => `${QUEUE}-${index}`);

    expect(added({ value: { sources: [QUEUE] } })).toEqual([
      LOST,
      `These hand nothing over until it is released, and what they keep no longer than that is lost: ${QUEUE}.`,
    ]);
    expect(added({ value: { sources } })[1]).toMatch(/: .*orders-0, .*orders-19 and 2 more\.$/);
  });

  it('says what may be lost where it could not be read', () => {
    expect(added({ unknown: 'not allowed' })).toEqual([
      'Asynchronous events are lost if the function has no dead-letter queue or destination, and event source mappings hand nothing over. Which it has is not known: not allowed.',
    ]);
  });
});

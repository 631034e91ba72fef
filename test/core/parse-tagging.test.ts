import { describe, expect, it } from 'vitest';
import { parseTagging } from '../../functions/core/parse-tagging.ts';

describe('parseTagging', () => {
  it.each([
    ['tags that are set', { tags: { keep: 'true' } }, { tags: { keep: 'true' } }],
    ['tags that are taken away', { tagKeys: ['keep', 7] }, { untagged: ['keep'] }],
    ['neither', { functionName: 'orders' }, {}],
    ['hostile shapes', { tags: ['keep'], tagKeys: 'keep' }, {}],
    [
      'values that are no text',
      { tags: { keep: { deep: true }, team: 'a' } },
      { tags: { team: 'a' } },
    ],
  ])('reads %s', (_, request, expected) => {
    expect(parseTagging(request)).toEqual(expected);
  });

  it('keeps a key that objects have by nature as data', () => {
    const request = JSON.parse('{"tags":{"__proto__":"x"}}');

    expect(Object.keys(parseTagging(request).tags ?? {})).toEqual(['__proto__']);
  });
});

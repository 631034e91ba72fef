import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVersions } from '../../functions/core/parse-versions.ts';

describe('parseVersions', () => {
  it.each([
    ['that was published', {}, { version: '7' }, ['7']],
    ['that an alias was asked to point at', { functionVersion: '7' }, {}, ['7']],
    [
      'that an alias points at, each once',
      { functionVersion: '7' },
      { functionVersion: '7', routingConfig: { additionalVersionWeights: { '8': 0.1 } } },
      ['7', '8'],
    ],
    ['and not what is no version', { functionVersion: '$LATEST' }, { version: 7 }, undefined],
    ['and none where none is named', { routingConfig: {} }, {}, undefined],
  ] as const)('names the version %s', (_, request, response, versions) => {
    expect(parseVersions(request, response)).toEqual(versions === undefined ? {} : { versions });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (part) => {
        expect(() => parseVersions(part, part)).not.toThrow();
      }),
    );
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../lib/local/events/event-pattern.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

interface Case {
  readonly title: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly matches: boolean;
}

const CASES = JSON.parse(
  readFileSync(new URL('./patterns.json', import.meta.url), 'utf8'),
) as readonly Case[];

describe('compilePattern', () => {
  it.each(CASES)('judges $title', ({ pattern, event, matches }) => {
    expect(compilePattern(JSON.stringify(pattern))(event)).toBe(matches);
  });

  it.each([
    ['{', 'Filter is not an object'],
    ['[]', 'Filter is not an object'],
    ['{}', 'Empty objects are not allowed'],
    ['{"a":{}}', 'Empty objects are not allowed'],
    ['{"a":[]}', 'Empty arrays are not allowed'],
    ['{"a":"x"}', '"a" must be an object or an array'],
    ['{"a":{"b":1}}', '"a.b" must be an object or an array'],
    ['{"a":[["x"]]}', '"a" lists what is neither a value nor a match expression'],
    ['{"a":[{}]}', 'Only one key allowed in match expression'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['{"a":[{"cidr":"10.0.0.0/8"}]}', 'Unrecognized match type cidr'],
    ['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
    ['{"a":[{"prefix":{"suffix":"x"}}]}', 'prefix match pattern must be a string'],
    ['{"a":[{"prefix":{}}]}', 'prefix match pattern must be a string'],
    ['{"a":[{"wildcard":{"equals-ignore-case":"x"}}]}', 'wildcard match pattern must be a string'],
    ['{"a":[{"exists":"yes"}]}', 'exists match pattern must be either true or false.'],
    ['{"a":[{"anything-but":[]}]}', 'anything-but list must hold strings only or numbers only'],
    [
      '{"a":[{"anything-but":["x",1]}]}',
      'anything-but list must hold strings only or numbers only',
    ],
    ['{"a":[{"anything-but":null}]}', '"a" lists what is neither a value nor a match expression'],
    ['{"a":[{"anything-but":{"prefix":[]}}]}', 'Empty arrays are not allowed'],
    ['{"a":[{"anything-but":{"exists":true}}]}', 'exists match pattern must be a string'],
    ['{"a":[{"anything-but":{"numeric":"x"}}]}', 'Unrecognized match type numeric'],
    ['{"a":[{"numeric":[">"]}]}', 'Value of numeric must be an array of one or two comparisons'],
    ['{"a":[{"numeric":["~",1]}]}', 'Unrecognized numeric range operator: ~'],
    ['{"a":[{"numeric":["constructor",1]}]}', 'Unrecognized numeric range operator: constructor'],
    ['{"a":[{"numeric":[">","1"]}]}', 'Numeric bound must be a number between -5.0e9 and 5.0e9'],
    ['{"a":[{"numeric":[">",6e9]}]}', 'Numeric bound must be a number between -5.0e9 and 5.0e9'],
    [
      '{"a":[{"numeric":["<",1,">",0]}]}',
      'Bad numeric range operator: expected > or >= before < or <=',
    ],
    ['{"a":[{"numeric":[">",5,"<",1]}]}', 'Bottom must be less than top'],
    ['{"a":[{"wildcard":"a**b"}]}', 'Consecutive wildcard characters are not allowed'],
    ['{"a":[{"wildcard":"a\\\\b"}]}', 'Invalid escape character at wildcard'],
    ['{"$or":[{"a":["x"]}]}', '"$or" must be an array of at least two objects'],
    ['{"$or":{"a":["x"]}}', '"$or" must be an array of at least two objects'],
    ['{"$or":[{"a":["x"]},"b"]}', '"$or" must be an array of at least two objects'],
    [`{"a":["${'x'.repeat(4096)}"]}`, 'Pattern is longer than 4096 characters'],
    [`${'{"a":'.repeat(60)}["x"]${'}'.repeat(60)}`, 'Pattern is nested too deeply'],
  ])('refuses %s', (text, reason) => {
    expect(() => compilePattern(text)).toThrow(`Event pattern is not valid. Reason: ${reason}`);
  });

  it('never throws anything but a fault, and never while matching', () => {
    const operators = fc.constantFrom(
      'prefix',
      'anything-but',
      'numeric',
      'exists',
      'wildcard',
      'x',
    );
    const nearly = fc
      .dictionary(
        fc.constantFrom('a', '$or', 'b'),
        fc.dictionary(operators, fc.jsonValue()).map((one) => [one]),
      )
      .map((pattern) => JSON.stringify(pattern));

    for (const texts of [fc.string(), fc.json(), nearly]) {
      fc.assert(
        fc.property(texts, fc.jsonValue(), (text, event) => {
          try {
            compilePattern(text)(event);
          } catch (error) {
            if (!(error instanceof AwsFault)) throw error;
          }
        }),
      );
    }
  });
});

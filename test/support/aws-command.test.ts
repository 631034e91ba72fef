import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMisses } from './aws-command-check.ts';
import { parsePage } from './aws-command-page.ts';
import { query } from './aws-command-query.ts';
import { parseShorthand } from './aws-command-shorthand.ts';
import { splitWords } from './aws-command-words.ts';

describe('parseShorthand', () => {
  it.each([
    ['A=b', { A: 'b' }],
    ['A=b,c,D=e', { A: ['b', 'c'], D: 'e' }],
    ['A=[],B=[c],D=[e,f]', { A: [], B: ['c'], D: ['e', 'f'] }],
    ['A=[{B=c,D=[e]}]', { A: [{ B: 'c', D: ['e'] }] }],
    ['Name=tag:Name,Values=*', { Name: 'tag:Name', Values: '*' }],
  ])('reads `%s`', (text, read) => {
    expect(parseShorthand(text)).toEqual(read);
  });
});

describe('splitWords', () => {
  const variables = new Map([['NAME', 'x y']]);

  it.each([
    [`a  "$NAME" '$NAME' b=$NAME`, ['a', 'x y', '$NAME', 'b=x y']],
    [`a 'b'"c"d`, ['a', 'bcd']],
    ['KEY=$NAME a KEY=b', ['a', 'KEY=b']],
    ['a b > c', ['a', 'b']],
  ])('splits `%s` as a shell does', (line, words) => {
    expect(splitWords(line, variables).words).toEqual(words);
  });

  it('keeps what is set in front of a command, and where it writes to', () => {
    const { assigned, into } = splitWords('KEY=$NAME a > out', variables);

    expect([...assigned]).toEqual([['KEY', 'x y']]);
    expect(into).toBe('out');
  });

  it('gives back every word that is put in quotes', () => {
    const word = fc.string().filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const line = ['a', ...words.map((text) => `'${text}'`)].join(' ');

        expect(splitWords(line, new Map()).words).toEqual(['a', ...words]);
      }),
    );
  });
});

describe('query', () => {
  const from = {
    A: [{ B: 'one', C: 1 }, { B: 'two' }],
    'D.E': { F: null },
    G: [{ H: [1, 2], I: 'j' }, { H: [3] }],
  };

  it.each([
    ['A[0].B', 'one'],
    ['A[].B', ['one', 'two']],
    ['A[].C', [1]],
    ['G[].H[]', [1, 2, 3]],
    ["G[?I=='j'].H", [[1, 2]]],
    ["A[?B=='two'].B", ['two']],
    ["length(A[?B=='two'])", 1],
    ['length(K)', 0],
    ['"D.E".F', null],
    ['K.H[0]', undefined],
    ['K[].H', undefined],
  ])('finds `%s`', (path, found) => {
    expect(query(from, path)).toEqual(found);
  });
});

describe('parsePage', () => {
  it('reads sections, statements and commands, and what a command shows', () => {
    const text = [
      '## One\n```sh\na\n```',
      '### 1. First\nWords.\n```sh\nb \\\n  c\n# D.E: "f"\n# error: G: h\n```',
      '### 2 to 3. Second\nMore.',
    ].join('\n');

    expect(parsePage(text)).toEqual([
      {
        title: 'One',
        commands: [{ line: 'a', shows: [] }],
        statements: [
          {
            first: 1,
            last: 1,
            text: 'Words.',
            commands: [
              {
                line: 'b c',
                shows: [
                  { query: 'D.E', value: '"f"' },
                  { query: 'error', value: 'G: h' },
                ],
              },
            ],
          },
          { first: 2, last: 3, text: 'More.', commands: [] },
        ],
      },
    ]);
  });
});

describe('findMisses', () => {
  const output = JSON.stringify({ State: 'Active', Ids: ['a-1'], Version: '1', None: null });
  const error = { name: 'Refused', message: 'no (really)' };

  it.each([
    ['State', 'Active'],
    ['State', 'Act*'],
    ['Ids', '["a-1"]'],
    ['Ids', '["a-*"]'],
    ['Version', '"1"'],
    ['None', 'null'],
  ])('is content where %s is %s', (asked, value) => {
    const command = { line: 'a', shows: [{ query: asked, value }] };

    expect(findMisses(command, { output })).toEqual([]);
  });

  it.each([
    ['State', 'Pending', { output }],
    ['State', 'Activ', { output }],
    ['Version', '1', { output }],
    ['Missing', 'null', { output }],
    ['State', 'Active', { output: '' }],
    ['error', 'Refused', { output }],
    ['error', 'Other', { output: '', error }],
    ['error', 'Refused: yes', { output: '', error }],
    ['State', 'Active', { output, error }],
  ])('tells where %s is not %s', (asked, value, printed) => {
    const command = { line: 'a', shows: [{ query: asked, value }] };

    expect(findMisses(command, printed)).not.toEqual([]);
  });

  it('takes the announced error, whatever else it says, and no other', () => {
    const shows = [{ query: 'error', value: 'Refused: *(really)' }];

    expect(findMisses({ line: 'a', shows }, { output: '', error })).toEqual([]);
    expect(findMisses({ line: 'a', shows: [] }, { output: '', error })).toEqual([
      'a → Refused: no (really)',
    ]);
  });
});

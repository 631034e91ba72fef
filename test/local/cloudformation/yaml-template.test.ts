import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseTemplate } from '../../../lib/local/cloudformation/template.ts';
import { readTemplateText } from '../../../lib/local/cloudformation/template-text.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

describe('readTemplateText', () => {
  it.each([
    ['!Ref Vpc', { Ref: 'Vpc' }],
    ['!Condition IsLarge', { Condition: 'IsLarge' }],
    ['!GetAtt Vpc.CidrBlock', { 'Fn::GetAtt': 'Vpc.CidrBlock' }],
    ['!GetAtt [Vpc, CidrBlock]', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }],
    [`!Sub "\${AWS::StackName}-vpc"`, { 'Fn::Sub': `\${AWS::StackName}-vpc` }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!GetAZs', { 'Fn::GetAZs': '' }],
    ['!Select [0, !GetAZs ""]', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    [
      '!Select [0, Fn::GetAZs: !Ref Region]',
      { 'Fn::Select': [0, { 'Fn::GetAZs': { Ref: 'Region' } }] },
    ],
    [
      '!If [IsLarge, !Ref A, !Ref AWS::NoValue]',
      { 'Fn::If': ['IsLarge', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] },
    ],
    ['!Join\n  - ","\n  - [a, !Ref B]', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
    ['!Sub\n  - text\n  - {A: !Ref B}', { 'Fn::Sub': ['text', { A: { Ref: 'B' } }] }],
    ['!Cidr [10.0.0.0/16, 2, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }],
    ['!ImportValue shared-vpc', { 'Fn::ImportValue': 'shared-vpc' }],
    ['!FindInMap [A, B, C]', { 'Fn::FindInMap': ['A', 'B', 'C'] }],
    ['2012-10-17', '2012-10-17'],
    ['yes', true],
    ['"yes"', 'yes'],
    ['80', 80],
    ['', null],
  ])('reads `%s`', (text, value) => {
    expect(readTemplateText(`Held: ${text}\n`)).toEqual({ Held: value });
  });

  it('keeps keys as they are written', () => {
    expect(readTemplateText('2012-10-17: a\non: b\n7: c\n')).toEqual({
      '2012-10-17': 'a',
      on: 'b',
      7: 'c',
    });
  });

  it('reads what a template says in either form alike', () => {
    const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue', DependsOn: ['A', 'B'] } } };

    expect(readTemplateText(stringify(template))).toEqual(template);
    expect(readTemplateText(JSON.stringify(template))).toEqual(template);
  });

  it.each([
    ['Resources:\n  A: [1\n  B: 2', 'YAML not well-formed. (line 3, column 3)'],
    ['Resources:\n\tA: 1', 'YAML not well-formed. (line 2, column 1)'],
    ['A: 1\nA: 2', 'YAML not well-formed. (line 2, column 1) map keys must be unique'],
    ['A: 1\n---\nB: 2', 'YAML not well-formed. (line 2, column 1)'],
    ['A: !GetAZs !Ref B', 'YAML not well-formed. (line 1, column 12)'],
    ['A:\n  B: !Reff C', 'YAML not well-formed. (line 2, column 12) unknown tag `!Reff`'],
    ['? [a]\n: b', 'YAML not well-formed.'],
    [
      'A: &a 1\nB: *a',
      'YAML aliases are not allowed in CloudFormation templates (line 2, column 4)',
    ],
    ['just a text', 'unsupported structure.'],
    ['', 'unsupported structure.'],
    [`A: ${'['.repeat(150)}${']'.repeat(150)}`, 'nested deeper than 100 levels'],
  ])('refuses %j', (text, message) => {
    expect(() => readTemplateText(text)).toThrow(message);
  });

  it('never throws anything but a fault', () => {
    const piece = fc.constantFrom(
      'a: ',
      '- ',
      '!Ref ',
      '!Sub\n',
      '  ',
      '\n',
      '[',
      '{',
      '}',
      '"',
      '&a ',
      '*a',
      '!',
      ':',
      '<<: ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseTemplate(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
        }
      }),
      { numRuns: 500 },
    );
  });
});

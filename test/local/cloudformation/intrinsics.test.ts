import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTrue, resolveValue } from '../../../lib/local/cloudformation/intrinsics.ts';
import { NO_VALUE, type Scope } from '../../../lib/local/cloudformation/scope.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

const SCOPE: Scope = {
  values: new Map<string, unknown>([
    ['AWS::Region', 'us-east-1'],
    ['AWS::NoValue', NO_VALUE],
    ['Stage', 'demo'],
    ['Zones', ['a', 'b']],
  ]),
  mappings: new Map([['Sizes', new Map([['demo', new Map<string, unknown>([['Small', 1]])]])]]),
  conditions: new Map([
    ['IsDemo', true],
    ['IsProduction', false],
  ]),
  resources: new Map([
    [
      'Queue',
      {
        physicalId: 'http://queue',
        attributes: { Arn: 'arn:queue', 'A.B': 'nested', List: ['x', 'y'] },
      },
    ],
  ]),
  exports: new Map([['shared-vpc', 'vpc-1']]),
};

describe('resolveValue', () => {
  it.each([
    ['a plain value', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
    ['a parameter', { Ref: 'Stage' }, 'demo'],
    ['a resource', { Ref: 'Queue' }, 'http://queue'],
    ['a dropped property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
    ['a dropped item', [{ Ref: 'AWS::NoValue' }, 1], [1]],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['an attribute with dots', { 'Fn::GetAtt': 'Queue.A.B' }, 'nested'],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-demo'],
    ['a join of a list', { 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b'],
    [
      'a substitution',
      { 'Fn::Sub': `\${Stage}/\${Queue}/\${Queue.Arn}/\${!Stage}` },
      `demo/http://queue/arn:queue/\${Stage}`,
    ],
    [
      'a substitution with values',
      { 'Fn::Sub': [`\${Own}-\${Stage}`, { Own: { Ref: 'AWS::Region' } }] },
      'us-east-1-demo',
    ],
    ['a selection', { 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
    ['a split', { 'Fn::Split': ['-', 'a-b-c'] }, ['a', 'b', 'c']],
    ['a choice that holds', { 'Fn::If': ['IsDemo', { Ref: 'Stage' }, 'x'] }, 'demo'],
    ['a choice that does not', { 'Fn::If': ['IsProduction', 'x', ['y']] }, ['y']],
    ['zones of the own region', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'us-east-1b'],
    [
      'zones of a region',
      { 'Fn::GetAZs': 'eu-west-1' },
      ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    ],
    ['a text in base 64', { 'Fn::Base64': { Ref: 'Stage' } }, 'ZGVtbw=='],
    ['an entry of a map', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'Small'] }, 1],
    [
      'blocks of an IPv4 range',
      { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] },
      ['10.0.0.0/24', '10.0.1.0/24'],
    ],
    [
      'blocks of an IPv6 range',
      { 'Fn::Cidr': ['2600:1f18:1:2300::/56', '2', '64'] },
      ['2600:1f18:1:2300::/64', '2600:1f18:1:2301::/64'],
    ],
    ['an attribute that is a list', { 'Fn::GetAtt': ['Queue', 'List'] }, ['x', 'y']],
    ['an import', { 'Fn::ImportValue': 'shared-vpc' }, 'vpc-1'],
    ['an object of two names', { Ref: 'Stage', Other: 1 }, { Ref: 'Stage', Other: 1 }],
  ])('resolves %s', (_what, value, resolved) => {
    expect(resolveValue(value, SCOPE)).toEqual(resolved);
  });

  it.each([
    [{ Ref: 'Nobody' }, 'Unresolved resource dependencies [Nobody]'],
    [{ 'Fn::GetAtt': ['Queue', 'Color'] }, 'does not support attribute type Color'],
    [{ 'Fn::GetAtt': 'Queue' }, 'two non-empty parameters'],
    [{ 'Fn::Join': ['-', 'text'] }, 'every Fn::Join object requires'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 0, 8] }, '0 is no whole number from 1 to 256'],
    [{ 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, '10.0.0.0/24 cannot be cut into 2 blocks'],
    [{ 'Fn::Cidr': ['2600::/64', 2, 64] }, '2600::/64 cannot be cut into 2 blocks'],
    [{ 'Fn::Cidr': ['a:b', 2, 64] }, 'a:b cannot be cut into 2 blocks'],
    [
      { 'Fn::FindInMap': ['Sizes', 'live', 'Small'] },
      'Unable to get mapping for Sizes::live::Small',
    ],
    [{ 'Fn::FindInMap': 'Sizes' }, 'every Fn::FindInMap object requires a list of parameters'],
    [{ 'Fn::Select': [7, ['a']] }, 'cannot select nonexistent value at index 7'],
    [{ 'Fn::Split': ['-'] }, 'every Fn::Split object requires two parameters'],
    [{ 'Fn::Sub': 7 }, "don't specify expected arguments"],
    [{ 'Fn::If': ['Nobody', 1, 2] }, 'Unresolved condition dependency Nobody'],
    [{ 'Fn::If': 'IsDemo' }, 'Unresolved condition dependency'],
    [{ 'Fn::ImportValue': 'nothing' }, 'No export named nothing found.'],
    [{ 'Fn::Transform': [] }, 'does not support Fn::Transform'],
  ])('refuses %j', (value, message) => {
    expect(() => resolveValue(value, SCOPE)).toThrow(message);
  });

  it('never throws anything but a fault', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('Ref', 'Fn::Sub', 'Fn::If', 'Fn::Join', 'Fn::Cidr', 'Fn::FindInMap'),
        (value, name) => {
          try {
            resolveValue({ [name]: value }, SCOPE);
          } catch (error) {
            expect(error).toBeInstanceOf(AwsFault);
          }
        },
      ),
    );
  });
});

describe('isTrue', () => {
  it.each([
    [{ Condition: 'IsDemo' }, true],
    [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'demo'] }, true],
    [{ 'Fn::Equals': [{ a: [1] }, { a: [1] }] }, true],
    [{ 'Fn::Equals': [{ a: [1] }, { a: [2] }] }, false],
    [{ 'Fn::Equals': [{ a: 1 }, 'a'] }, false],
    [{ 'Fn::Not': [{ Condition: 'IsDemo' }] }, false],
    [{ 'Fn::And': [{ Condition: 'IsDemo' }, { Condition: 'IsProduction' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'IsProduction' }, { Condition: 'IsDemo' }] }, true],
    [{ 'Fn::Contains': [['1', '2'], '2'] }, true],
    [{ 'Fn::Contains': ['12', '2'] }, false],
  ])('evaluates %j', (value, holds) => {
    expect(isTrue(value, SCOPE)).toBe(holds);
  });

  it('refuses what answers neither yes nor no', () => {
    expect(() => isTrue({ Ref: 'Stage' }, SCOPE)).toThrow('is no condition');
  });
});

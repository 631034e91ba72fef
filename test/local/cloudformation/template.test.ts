import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creationOrder } from '../../../lib/local/cloudformation/order.ts';
import { settleParameters } from '../../../lib/local/cloudformation/parameters.ts';
import { findUnsupported } from '../../../lib/local/cloudformation/property-shape.ts';
import { parseTemplate } from '../../../lib/local/cloudformation/template.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

const QUEUE = { Type: 'AWS::SQS::Queue' };

function parse(template: object) {
  return parseTemplate(JSON.stringify(template));
}

describe('parseTemplate', () => {
  it('reads every section that it knows', () => {
    const template = parse({
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'a test',
      Metadata: {},
      Parameters: {
        Stage: {
          Type: 'String',
          Default: 7,
          AllowedPattern: '[0-9]+',
          AllowedValues: [7, 8],
          Description: 'which',
          NoEcho: true,
        },
      },
      Conditions: { IsDemo: { 'Fn::Equals': ['a', 'a'] } },
      Rules: { Always: { Assertions: [{ Assert: { 'Fn::Equals': ['a', 'a'] } }] } },
      Resources: {
        Queue: { ...QUEUE, DependsOn: 'Other', Condition: 'IsDemo', DeletionPolicy: 'Retain' },
        Other: { ...QUEUE, UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Delete' },
      },
      Outputs: { Url: { Value: { Ref: 'Queue' }, Description: 'where', Condition: 'IsDemo' } },
    });
    expect(template.description).toBe('a test');
    expect(template.parameters.get('Stage')).toEqual({
      type: 'String',
      default: '7',
      allowedPattern: /^(?:[0-9]+)$/,
      allowedValues: ['7', '8'],
      description: 'which',
      limits: {},
      isSecret: true,
    });
    expect(template.resources.get('Queue')).toMatchObject({
      dependsOn: ['Other'],
      condition: 'IsDemo',
      isRetained: true,
      isRetainedOnReplace: false,
    });
    expect(template.outputs.get('Url')).toMatchObject({ description: 'where' });
    expect(template.rules).toEqual([
      {
        name: 'Always',
        assertions: [{ assert: { 'Fn::Equals': ['a', 'a'] }, description: '/Rules/Always' }],
      },
    ]);
  });

  it.each([
    ['{"Resources":', 'JSON not well-formed. (SyntaxError: '],
    ['{"Mappings":{"M":[]},"Resources":{"A":{"Type":"x"}}}', '[/Mappings/M] must be an object'],
    [
      '{"Mappings":{"M":{"a":{"b":{}}}},"Resources":{"A":{"Type":"x"}}}',
      '[/Mappings/M/a/b] Every Mappings attribute must be a String or a List.',
    ],
    ['[]', 'unsupported structure'],
    ['{"Resources":{}}', 'At least one Resources member must be defined.'],
    ['{"Resources":[]}', '[/Resources] is not an object'],
    [
      '{"Transform":"x","Resources":{"A":{"Type":"x"}}}',
      'Invalid template property or properties [Transform]',
    ],
    ['{"Resources":{"A":7}}', '[/Resources/A] is not an object'],
    ['{"Resources":{"A":{}}}', 'Every Resources object must contain a Type member.'],
    ['{"Resources":{"A-B":{"Type":"x"}}}', 'Resources name A-B is non alphanumeric.'],
    ['{"Resources":{"A":{"Type":"x","Properties":[]}}}', 'Properties must be an object.'],
    ['{"Resources":{"A":{"Type":"x","CreationPolicy":{}}}}', 'does not support `CreationPolicy`'],
    ['{"Resources":{"A":{"Type":"x","DeletionPolicy":"Snapshot"}}}', 'does not support "Snapshot"'],
    [
      '{"Resources":{"A":{"Type":"x","DependsOn":[{}]}}}',
      '[/Resources/A/DependsOn] must be a string',
    ],
    [
      '{"Parameters":{"P":{}},"Resources":{"A":{"Type":"x"}}}',
      '[/Parameters/P/Type] must be a string',
    ],
    [
      '{"Parameters":{"P":{"Type":"String","AllowedPattern":"["}},"Resources":{"A":{"Type":"x"}}}',
      'is no pattern',
    ],
    [
      '{"Parameters":{"P":{"Type":"String","MinLength":"x"}},"Resources":{"A":{"Type":"x"}}}',
      '[/Parameters/P/MinLength] must be a number',
    ],
    [
      '{"Parameters":{"P":{"Type":"String","Color":"x"}},"Resources":{"A":{"Type":"x"}}}',
      'does not support `Color`',
    ],
    ['{"Outputs":{"O":{}},"Resources":{"A":{"Type":"x"}}}', 'must contain a Value object'],
    [
      '{"Rules":{"R":{"Assertions":7}},"Resources":{"A":{"Type":"x"}}}',
      'Assertions must be a list',
    ],
    [`${'['.repeat(200)}${']'.repeat(200)}`, 'nested deeper than 100 levels'],
  ])('refuses %s', (body, message) => {
    expect(() => parseTemplate(body)).toThrow(message);
  });

  it('never throws anything but a fault', () => {
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (body, resources) => {
        for (const text of [body, JSON.stringify({ Resources: { A: resources } })]) {
          try {
            parseTemplate(text);
          } catch (error) {
            expect(error).toBeInstanceOf(AwsFault);
          }
        }
      }),
    );
  });
});

describe('creationOrder', () => {
  const order = (resources: object) => creationOrder(parse({ Resources: resources }).resources);

  it('puts each resource after those that it depends on, refers to or substitutes', () => {
    const ids = order({
      A: {
        ...QUEUE,
        Properties: { x: { 'Fn::Sub': [`\${B.Arn}\${Own}`, { Own: { Ref: 'C' } }] } },
      },
      B: { ...QUEUE, Properties: { x: [{ 'Fn::GetAtt': ['C', 'Arn'] }] } },
      C: { ...QUEUE, DependsOn: ['D'] },
      D: { ...QUEUE, Properties: { x: { 'Fn::If': ['Any', { Ref: 'E' }, { Ref: 'Elsewhere' }] } } },
      E: QUEUE,
    });
    expect(ids).toEqual(['E', 'D', 'C', 'B', 'A']);
  });

  it('names the resources of a circle', () => {
    const circle = {
      A: { ...QUEUE, DependsOn: 'B' },
      B: { ...QUEUE, Properties: { x: { Ref: 'A' } } },
      C: QUEUE,
    };
    expect(() => order(circle)).toThrow('Circular dependency between resources: [A, B]');
  });
});

describe('settleParameters', () => {
  const declared = parse({
    Parameters: {
      Stage: { Type: 'String', AllowedValues: ['demo', 'live'] },
      Count: { Type: 'Number', Default: '1' },
      Names: { Type: 'CommaDelimitedList', Default: 'a, b' },
      Code: {
        Type: 'String',
        Default: 'ab',
        AllowedPattern: '[a-z]+',
        MinLength: 2,
        MaxLength: '3',
      },
      Port: { Type: 'Number', Default: 80, MinValue: 1, MaxValue: 99 },
      Ids: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2' },
      Short: {
        Type: 'String',
        Default: 'a',
        MaxLength: 1,
        ConstraintDescription: 'one letter, please',
      },
    },
    Resources: { Queue: QUEUE },
  }).parameters;
  const Stage = { ParameterKey: 'Stage', ParameterValue: 'demo' };

  it('takes what is given, then the default', () => {
    expect([...settleParameters(declared, [Stage])]).toEqual([
      ['Stage', 'demo'],
      ['Count', '1'],
      ['Names', 'a, b'],
      ['Code', 'ab'],
      ['Port', '80'],
      ['Ids', 'subnet-1,subnet-2'],
      ['Short', 'a'],
    ]);
  });

  it('takes the previous value where it is asked to', () => {
    const given = [{ ParameterKey: 'Stage', UsePreviousValue: true }];
    expect(settleParameters(declared, given, new Map([['Stage', 'live']])).get('Stage')).toBe(
      'live',
    );
  });

  it.each([
    [[], 'Parameters: [Stage] must have values'],
    [[Stage, { ParameterKey: 'Other', ParameterValue: '' }], 'Parameters: [Other] do not exist'],
    [[{ ...Stage, ParameterValue: 'x' }], "Parameter 'Stage' must be one of AllowedValues"],
    [[Stage, { ParameterKey: 'Count', ParameterValue: 'x' }], "Parameter value 'x' is no number"],
    [[Stage, { ParameterKey: 'Code', ParameterValue: '77' }], "'Code' must match pattern [a-z]+"],
    [[Stage, { ParameterKey: 'Code', ParameterValue: 'a' }], 'must contain at least 2 characters'],
    [
      [Stage, { ParameterKey: 'Code', ParameterValue: 'abcd' }],
      'must contain at most 3 characters',
    ],
    [[Stage, { ParameterKey: 'Port', ParameterValue: '0' }], 'must be a number not less than 1'],
    [
      [Stage, { ParameterKey: 'Port', ParameterValue: '100' }],
      'must be a number not greater than 99',
    ],
    [
      [Stage, { ParameterKey: 'Short', ParameterValue: 'ab' }],
      'Parameter Short failed to satisfy constraint: one letter, please',
    ],
  ])('refuses %j', (given, message) => {
    expect(() => settleParameters(declared, given)).toThrow(message);
  });

  it.each([
    ['AWS::SSM::Parameter::Value<String>', 'Unable to fetch parameters [x] from parameter store'],
    ['List<Date>', 'does not support parameters of type List<Date>'],
    ['List<String>', 'does not support parameters of type List<String>'],
  ])('refuses a parameter of type %s that it cannot settle', (Type, message) => {
    const { parameters } = parse({
      Parameters: { P: { Type, Default: 'x' } },
      Resources: { Queue: QUEUE },
    });
    expect(() => settleParameters(parameters, [])).toThrow(message);
  });
});

describe('findUnsupported', () => {
  const shape = { Name: true, Targets: { Id: true, Retry: { Max: true } } } as const;

  it.each([
    [{ Name: { anything: [1] }, Targets: [{ Id: 1, Retry: { Max: 1 } }] }, undefined],
    [{ Color: 1 }, 'Color'],
    [{ Targets: [{ Id: 1 }, { Retry: { Min: 1 } }] }, 'Targets.Retry.Min'],
    [{ Targets: { 'Fn::If': ['C', [{ Color: 1 }], { Ref: 'AWS::NoValue' }] } }, 'Targets.Color'],
    [{ Targets: { 'Fn::GetAtt': ['A', 'B'] } }, undefined],
    [JSON.parse('{"__proto__": {"x": 1}}'), '__proto__'],
    [{ constructor: 1 }, 'constructor'],
  ])('finds in %j: %s', (properties, found) => {
    expect(findUnsupported(properties, shape)).toBe(found);
  });
});

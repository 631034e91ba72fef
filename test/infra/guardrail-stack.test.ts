import { describe, expect, it } from 'vitest';
import { templateOf } from './guardrail-template.ts';

const template = templateOf();

describe('GuardrailStack', () => {
  it('tells the operator what to call and that a trail is required', () => {
    const outputs = template.toJSON()['Outputs'] ?? {};

    expect(Object.keys(outputs)).toEqual([
      'DeployedMode',
      'PolicyHash',
      'EnforceFunctionName',
      'RescanFunctionName',
      'SweepFunctionName',
      'ReleaseFunctionName',
      'QueueUrl',
      'DeadLetterQueueUrl',
      'TableName',
      'FindingsTopicArn',
      'ChatTopicArn',
      'TrailRequired',
    ]);
    expect(outputs['TrailRequired']?.Value).toMatch(/trail .* management write events/);
  });
});

import { describe, expect, it } from 'vitest';
import { changeEventPattern } from '../../functions/core/change-event.ts';
import { resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();

describe('createChangeRule', () => {
  it('matches exactly the events that core parses', () => {
    const [rule] = resourcesOf(template, 'AWS::Events::Rule');

    expect(rule?.Properties['EventPattern']).toEqual(changeEventPattern());
  });

  it('sends what EventBridge cannot deliver to the dead-letter queue', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule');
    const targets = rules.flatMap(({ Properties }) => Properties['Targets']);

    expect(targets).toHaveLength(1);
    expect(targets).toEqual([
      expect.objectContaining({
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/EnforcementQueue/), 'Arn'] },
        DeadLetterConfig: {
          Arn: { 'Fn::GetAtt': [expect.stringMatching(/DeadLetterQueue/), 'Arn'] },
        },
      }),
    ]);
  });

  it('lets nobody but the rule send through a queue policy, and only over TLS', () => {
    const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy');
    const rule = expect.stringMatching(/ChangeRule/);

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(Properties['PolicyDocument']).toMatchObject({
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } },
          },
        ],
      });
    }
  });
});

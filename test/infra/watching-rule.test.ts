import { describe, expect, it } from 'vitest';
import { changeEventPattern } from '../../functions/core/change-event.ts';
import { networkEventPattern } from '../../functions/core/network-change.ts';
import { resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();
const rules = resourcesOf(template, 'AWS::Events::Rule').map(({ Properties }) => Properties);

describe.each([
  {
    rule: 'createChangeRule',
    name: 'lambda-vpc-guardrail-function-changes',
    eventPattern: changeEventPattern(),
  },
  {
    rule: 'createNetworkRule',
    name: 'lambda-vpc-guardrail-network-changes',
    eventPattern: networkEventPattern(),
  },
])('$rule', ({ name, eventPattern }) => {
  it('matches exactly the events that core parses', () => {
    const [rule] = rules.filter(({ Name }) => Name === name);

    expect(rule?.['EventPattern']).toEqual(eventPattern);
  });
});

describe('createWatchingRule', () => {
  it('sends what EventBridge cannot deliver to the dead-letter queue', () => {
    const targets = rules.flatMap(({ Targets }) => Targets);
    const target = {
      Arn: { 'Fn::GetAtt': [expect.stringMatching(/EnforcementQueue/), 'Arn'] },
      DeadLetterConfig: {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/DeadLetterQueue/), 'Arn'] },
      },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    };

    expect(targets).toEqual([expect.objectContaining(target), expect.objectContaining(target)]);
  });

  it('lets nobody but the rules send through a queue policy, and only over TLS', () => {
    const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy');
    const sendingOf = (rule: RegExp) => ({
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(rule), 'Arn'] } },
      },
    });

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(Properties['PolicyDocument']).toMatchObject({
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          sendingOf(/ChangeRule/),
          sendingOf(/NetworkRule/),
        ],
      });
    }
  });
});

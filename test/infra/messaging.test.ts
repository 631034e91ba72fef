import { describe, expect, it } from 'vitest';
import { functionOf, resourcesOf, templateOf } from './guardrail-template.ts';

const template = templateOf();

describe('createQueues', () => {
  it('gives every queue but the last a dead-letter queue after five receives', () => {
    const queues = resourcesOf(template, 'AWS::SQS::Queue').map(({ Properties }) => Properties);
    const withRedrive = queues.filter(({ RedrivePolicy }) => RedrivePolicy !== undefined);
    const last = queues.filter(({ RedrivePolicy }) => RedrivePolicy === undefined);

    expect(withRedrive).toEqual([
      expect.objectContaining({
        RedrivePolicy: {
          deadLetterTargetArn: {
            'Fn::GetAtt': [expect.stringMatching(/DeadLetterQueue/), 'Arn'],
          },
          maxReceiveCount: 5,
        },
      }),
    ]);
    expect(last).toEqual([expect.objectContaining({ MessageRetentionPeriod: 14 * 24 * 3600 })]);
    expect(queues.every(({ SqsManagedSseEnabled }) => SqsManagedSseEnabled === true)).toBe(true);
  });

  it('hides an order for at least six times as long as its function may run', () => {
    const timeout = Number(functionOf(template, 'enforce-on-change')['Timeout']);
    const [visibility] = resourcesOf(template, 'AWS::SQS::Queue').flatMap(({ Properties }) =>
      Properties['RedrivePolicy'] === undefined ? [] : [Number(Properties['VisibilityTimeout'])],
    );

    expect(visibility).toBeGreaterThanOrEqual(6 * timeout);
  });
});

describe('createTopics', () => {
  it('subscribes each mail address to the findings', () => {
    const mailed = templateOf({ alertEmails: ['a@example.com', 'b@example.com'] });
    const subscriptions = resourcesOf(mailed, 'AWS::SNS::Subscription');

    expect(subscriptions.map(({ Properties }) => Properties)).toEqual(
      ['a@example.com', 'b@example.com'].map((Endpoint) => ({
        Endpoint,
        Protocol: 'email',
        TopicArn: { Ref: expect.stringMatching(/Findings/) },
      })),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { toSqsEvent } from '../../../lib/local/lambda/sqs-event.ts';

describe('toSqsEvent', () => {
  it('has the shape that Lambda hands to a function', () => {
    const queueArn = 'arn:aws:sqs:us-east-1:123456789012:work';
    const message = {
      messageId: 'm',
      receiptHandle: 'r',
      body: 'hello',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
      messageAttributes: { fault: { dataType: 'String', stringValue: 'x' } },
    };

    const event = JSON.parse(toSqsEvent([message], { queueArn, region: 'us-east-1' }));

    expect(event).toEqual({
      Records: [
        {
          ...message,
          messageAttributes: {
            fault: {
              dataType: 'String',
              stringValue: 'x',
              stringListValues: [],
              binaryListValues: [],
            },
          },
          md5OfBody: '5d41402abc4b2a76b9719d911017c592',
          eventSource: 'aws:sqs',
          eventSourceARN: queueArn,
          awsRegion: 'us-east-1',
        },
      ],
    });
  });
});

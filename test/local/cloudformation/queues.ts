import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueAttributesCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';

export const QUEUE = { Type: 'AWS::SQS::Queue' };
export const TOPIC = { Type: 'AWS::SNS::Topic' };
export const BUCKET = 'cdk-hnb659fds-assets-123456789012-us-east-1';

/** A queue whose dead-letter queue does not exist: SQS refuses it. */
export const BROKEN_QUEUE = {
  ...QUEUE,
  Properties: {
    RedrivePolicy: {
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:nobody',
      maxReceiveCount: 5,
    },
  },
};

/** The attributes of a queue. */
export async function attributesOf(
  sqs: SQSClient,
  url: string,
): Promise<Readonly<Record<string, string>>> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  return Attributes ?? {};
}

/** The URLs of the queues whose names begin with a text. */
export async function queuesNamed(sqs: SQSClient, prefix: string): Promise<readonly string[]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }));
  return QueueUrls;
}

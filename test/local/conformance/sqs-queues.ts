import type { SQS } from '@aws-sdk/client-sqs';
import { refused, type Watched } from './watched-service.ts';

const COLOUR = Object.fromEntries([['Colour', 'red']]);
const NO_ADDRESS = { QueueUrl: 'http://127.0.0.1/nowhere' };

/** Queues, their attributes and tags: made, found, changed and removed. */
export async function walkQueues(sqs: SQS, { account }: Watched): Promise<void> {
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'orders', tags: { team: 'payments' } });
  await sqs.createQueue({ QueueName: 'refunds' });
  const none = { QueueUrl: `${account.endpoint}/123456789012/none` };
  await refused(
    sqs.createQueue({ QueueName: 'orders', Attributes: { DelaySeconds: '9' } }),
    sqs.createQueue({ QueueName: 'other', Attributes: COLOUR }),
    sqs.createQueue({ QueueName: 'other', Attributes: { DelaySeconds: 'soon' } }),
    sqs.createQueue({ QueueName: 'other.fifo' }),
    sqs.getQueueUrl({ QueueName: 'none' }),
    ...[none, NO_ADDRESS].flatMap((bad) => [
      sqs.deleteQueue(bad),
      sqs.purgeQueue(bad),
      sqs.getQueueAttributes(bad),
      sqs.setQueueAttributes({ ...bad, Attributes: {} }),
      sqs.listQueueTags(bad),
      sqs.tagQueue({ ...bad, Tags: {} }),
      sqs.untagQueue({ ...bad, TagKeys: [] }),
    ]),
  );
  await sqs.getQueueUrl({ QueueName: 'orders' });
  await sqs.listQueues({ MaxResults: 1 });
  await changeQueue(sqs, QueueUrl);
  await sqs.purgeQueue({ QueueUrl });
  await refused(sqs.purgeQueue({ QueueUrl }));
  await sqs.deleteQueue({ QueueUrl });
  await refused(sqs.createQueue({ QueueName: 'orders' }));
}

async function changeQueue(sqs: SQS, QueueUrl: string | undefined): Promise<void> {
  await sqs.setQueueAttributes({ QueueUrl, Attributes: { DelaySeconds: '9' } });
  await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] });
  await refused(
    sqs.setQueueAttributes({ QueueUrl, Attributes: COLOUR }),
    sqs.setQueueAttributes({ QueueUrl, Attributes: { DelaySeconds: 'soon' } }),
    sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Colour' as never] }),
  );
  await sqs.tagQueue({ QueueUrl, Tags: { stage: 'test' } });
  await sqs.listQueueTags({ QueueUrl });
  await sqs.untagQueue({ QueueUrl, TagKeys: ['stage'] });
}

import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { refusedAs, type Scene } from './lambda-scene.ts';

const FunctionName = 'mapped';
const EventSourceArn = 'arn:aws:sqs:us-east-1:123456789012:work';
const OTHER_ARN = 'arn:aws:sqs:us-east-1:123456789012:other';

/** Mappings of queues are made, read, changed, listed, refused and deleted. */
export async function walkMappings({ account, lambda, seconds, attached }: Scene): Promise<void> {
  const sqs = new SQSClient(account.settings());
  for (const QueueName of ['work', 'other']) await sqs.send(new CreateQueueCommand({ QueueName }));
  sqs.destroy();
  await attached(FunctionName, {});
  const { UUID = '' } = await lambda.createEventSourceMapping({
    FunctionName,
    EventSourceArn,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 2 },
  });
  await lambda.createEventSourceMapping({ FunctionName, EventSourceArn: OTHER_ARN });
  await refusedAs(
    'ResourceInUseException',
    lambda.updateEventSourceMapping({ UUID, BatchSize: 5 }),
    lambda.deleteEventSourceMapping({ UUID }),
  );
  await seconds(1);
  await lambda.getEventSourceMapping({ UUID });
  await refuse(lambda, UUID);
  await lambda.updateEventSourceMapping({ UUID, BatchSize: 5 });
  await lambda.listEventSourceMappings({});
  await lambda.listEventSourceMappings({ MaxItems: 1 });
  await seconds(1);
  await lambda.deleteEventSourceMapping({ UUID });
}

async function refuse(lambda: Scene['lambda'], UUID: string): Promise<void> {
  const gone = { UUID: '00000000-0000-4000-8000-000000000000' };
  await refusedAs(
    'ResourceNotFoundException',
    lambda.getEventSourceMapping(gone),
    lambda.updateEventSourceMapping(gone),
    lambda.deleteEventSourceMapping(gone),
  );
  await refusedAs(
    'InvalidParameterValueException',
    lambda.createEventSourceMapping({ FunctionName: 'nobody', EventSourceArn }),
    lambda.createEventSourceMapping({ FunctionName }),
    lambda.createEventSourceMapping({ FunctionName, EventSourceArn, StartingPosition: 'LATEST' }),
    lambda.createEventSourceMapping({ FunctionName, EventSourceArn, FilterCriteria: {} }),
    lambda.updateEventSourceMapping({ UUID, BatchSize: 11 }),
    lambda.listEventSourceMappings({ Marker: 'none' }),
  );
  await refusedAs(
    'ResourceConflictException',
    lambda.createEventSourceMapping({ FunctionName, EventSourceArn }),
  );
}

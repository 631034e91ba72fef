import type { ResourceType } from './resource-type.ts';
import { cdkMetadata } from './resources/cdk-metadata.ts';
import { chatbotSlackChannel } from './resources/chatbot-slack-channel.ts';
import { dynamodbTable } from './resources/dynamodb-table.ts';
import { eventsRule } from './resources/events-rule.ts';
import { iamPolicy } from './resources/iam-policy.ts';
import { iamRole } from './resources/iam-role.ts';
import { lambdaEventSourceMapping } from './resources/lambda-event-source-mapping.ts';
import { lambdaFunction } from './resources/lambda-function.ts';
import { logsLogGroup } from './resources/logs-log-group.ts';
import { snsSubscription } from './resources/sns-subscription.ts';
import { snsTopic } from './resources/sns-topic.ts';
import { snsTopicPolicy } from './resources/sns-topic-policy.ts';
import { sqsQueue } from './resources/sqs-queue.ts';
import { sqsQueuePolicy } from './resources/sqs-queue-policy.ts';

/** Every resource type that the local account can make, by name. */
export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  [
    cdkMetadata,
    chatbotSlackChannel,
    dynamodbTable,
    eventsRule,
    iamPolicy,
    iamRole,
    lambdaEventSourceMapping,
    lambdaFunction,
    logsLogGroup,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    sqsQueue,
    sqsQueuePolicy,
  ].map((type) => [type.name, type]),
);

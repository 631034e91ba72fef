import type { ResourceType } from './resource-type.ts';
import { cdkMetadata } from './resources/cdk-metadata.ts';
import { chatbotSlackChannel } from './resources/chatbot-slack-channel.ts';
import { dynamodbTable } from './resources/dynamodb-table.ts';
import { ec2EgressOnlyInternetGateway } from './resources/ec2-egress-only-internet-gateway.ts';
import { ec2Eip } from './resources/ec2-eip.ts';
import { ec2InternetGateway } from './resources/ec2-internet-gateway.ts';
import { ec2NatGateway } from './resources/ec2-nat-gateway.ts';
import { ec2Route } from './resources/ec2-route.ts';
import { ec2RouteTable } from './resources/ec2-route-table.ts';
import { ec2SecurityGroup } from './resources/ec2-security-group.ts';
import {
  ec2SecurityGroupEgress,
  ec2SecurityGroupIngress,
} from './resources/ec2-security-group-rule.ts';
import { ec2Subnet } from './resources/ec2-subnet.ts';
import { ec2SubnetCidrBlock } from './resources/ec2-subnet-cidr-block.ts';
import { ec2SubnetRouteTableAssociation } from './resources/ec2-subnet-route-table-association.ts';
import { ec2Vpc } from './resources/ec2-vpc.ts';
import { ec2VpcCidrBlock } from './resources/ec2-vpc-cidr-block.ts';
import { ec2VpcEndpoint } from './resources/ec2-vpc-endpoint.ts';
import { ec2VpcGatewayAttachment } from './resources/ec2-vpc-gateway-attachment.ts';
import { ec2VpcPeeringConnection } from './resources/ec2-vpc-peering-connection.ts';
import { eventsRule } from './resources/events-rule.ts';
import { iamManagedPolicy } from './resources/iam-managed-policy.ts';
import { iamPolicy } from './resources/iam-policy.ts';
import { iamRole } from './resources/iam-role.ts';
import { lambdaAlias } from './resources/lambda-alias.ts';
import { lambdaEventInvokeConfig } from './resources/lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './resources/lambda-event-source-mapping.ts';
import { lambdaFunction } from './resources/lambda-function.ts';
import { lambdaVersion } from './resources/lambda-version.ts';
import { logsLogGroup } from './resources/logs-log-group.ts';
import { schedulerSchedule } from './resources/scheduler-schedule.ts';
import { schedulerScheduleGroup } from './resources/scheduler-schedule-group.ts';
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
    ec2EgressOnlyInternetGateway,
    ec2Eip,
    ec2InternetGateway,
    ec2NatGateway,
    ec2RouteTable,
    ec2Route,
    ec2SecurityGroup,
    ec2SecurityGroupEgress,
    ec2SecurityGroupIngress,
    ec2SubnetCidrBlock,
    ec2SubnetRouteTableAssociation,
    ec2Subnet,
    ec2VpcCidrBlock,
    ec2VpcEndpoint,
    ec2VpcGatewayAttachment,
    ec2VpcPeeringConnection,
    ec2Vpc,
    eventsRule,
    iamManagedPolicy,
    iamPolicy,
    iamRole,
    lambdaAlias,
    lambdaEventInvokeConfig,
    lambdaEventSourceMapping,
    lambdaFunction,
    lambdaVersion,
    logsLogGroup,
    schedulerScheduleGroup,
    schedulerSchedule,
    snsSubscription,
    snsTopicPolicy,
    snsTopic,
    sqsQueuePolicy,
    sqsQueue,
  ].map((type) => [type.name, type]),
);

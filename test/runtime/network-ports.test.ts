import { DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRouteTablesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createNetworkChangePorts } from '../../functions/runtime/network-ports.ts';
import { awsError } from '../support/aws-error.ts';

const QUEUE_URL = 'http://127.0.0.1/123456789012/enforcement';
const CHANGE = { eventId: 'event-1', eventTimeMs: 1, resourceId: 'rtb-1', ids: ['rtb-1'] };

const dynamodb = mockClient(DynamoDBClient);
const ec2 = mockClient(EC2Client);
const sqs = mockClient(SQSClient);
const ports = createNetworkChangePorts({
  TABLE_NAME: 'Records',
  QUEUE_URL,
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:findings',
  CHAT_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:chat',
  OWN_FUNCTION_ARNS: '',
  OWN_ROLE_ARNS: '',
});

beforeEach(() => {
  for (const client of [dynamodb, ec2, sqs]) client.reset();
});

describe('createNetworkChangePorts', () => {
  it('finds functions and claims looks in the deployed table', async () => {
    dynamodb.onAnyCommand().resolves({});
    dynamodb.on(QueryCommand).resolves({ Items: [{ functionArn: { S: 'orders' } }] });
    dynamodb.on(ScanCommand).resolves({ Items: [{ functionArn: { S: 'pay' } }] });

    expect(await all(ports.listFunctionsIn('vpc-1'))).toEqual(['orders']);
    expect(await all(ports.listAttachedFunctions())).toEqual(['pay']);
    expect(await ports.claimNetworkLook('rtb-1', 25)).toBe(true);
    for (const { args } of dynamodb.calls()) {
      expect(args[0].input).toMatchObject({ TableName: 'Records' });
    }
  });

  it('sends to the deployed queue', async () => {
    sqs.onAnyCommand().resolves({});

    await ports.enqueueNetworkLook(CHANGE, 30);
    await ports.enqueueAll([{ functionArn: 'orders', hops: 0, wake: false }]);

    expect(sqs).toHaveReceivedCommandWith(SendMessageCommand, { QueueUrl: QUEUE_URL });
    expect(sqs).toHaveReceivedCommandWith(SendMessageBatchCommand, { QueueUrl: QUEUE_URL });
  });

  it.each([
    {
      what: 'the VPC',
      answer: { RouteTables: [{ VpcId: 'vpc-1' }] },
      fact: { value: ['vpc-1'] },
    },
    {
      what: 'why nobody knows it',
      answer: { RouteTables: [] },
      fact: { unknown: 'what changed does not lead to a VPC' },
    },
  ])('answers $what', async ({ answer, fact }) => {
    ec2.on(DescribeRouteTablesCommand).resolves(answer);

    expect(await ports.findVpcs(['rtb-1'])).toEqual(fact);
  });

  it('knows no VPC where the role may not ask for it', async () => {
    ec2.on(DescribeRouteTablesCommand).rejects(awsError('UnauthorizedOperation', 403));

    expect(await ports.findVpcs(['rtb-1'])).toEqual({
      unknown: 'could not find the VPC of `rtb-1`: UnauthorizedOperation: because',
    });
  });
});

async function all(items: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
}

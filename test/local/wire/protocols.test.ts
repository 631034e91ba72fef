import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';
import { type RawRequest, sendRaw } from './send.ts';

let account: StartedAccount;
const send = (request: RawRequest) => sendRaw(account.endpoint, request);
const sqs = (target: string, body: string | Uint8Array) =>
  send({ service: 'sqs', headers: { 'x-amz-target': `AmazonSQS.${target}` }, body });
const form = (service: string, body: string) => send({ service, body });

beforeAll(async () => {
  account = await startAccount();
});

afterAll(async () => {
  await account.stop();
});

describe('the credential scope', () => {
  it('is needed', async () => {
    const answer = await send({ body: 'Action=DescribeVpcs' });

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({
      __type: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
    });
  });

  it('names a service that the account has', async () => {
    const answer = await form('glacier', 'x');

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({
      __type: 'UnknownOperationException',
      message: 'the local account has no service `glacier`: it has ec2, events, iam, sns, sqs, sts',
    });
  });

  it.each([
    ['rds', 'POST', '/', 'Action=DescribeDBInstances&Version=2014-10-31'],
    ['elasticloadbalancing', 'GET', '/?Action=DescribeLoadBalancers', undefined],
    ['route53', 'GET', '/2013-04-01/hostedzone', undefined],
  ])(
    'is answered in XML where %s, which the account has not, speaks it',
    async (service, method, path, body) => {
      const answer = await send({ service, method, path, ...(body === undefined ? {} : { body }) });

      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('text/xml');
      expect(answer.text).toMatch(
        /^<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code><Message>the local account has no service .*<RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/,
      );
      expect(answer.text).toContain(`has no service \`${service}\``);
    },
  );

  it('is read from the query of a presigned request too', async () => {
    const credential = encodeURIComponent('local/20261122/us-east-1/sts/aws4_request');

    const answer = await send({
      path: `/?X-Amz-Credential=${credential}&Action=GetCallerIdentity`,
    });

    expect(answer.status).toBe(200);
    expect(answer.text).toContain('user/local-admin');
  });

  it.each([
    ['iam', 'Action=ListUsers', 'InvalidClientTokenId'],
    ['ec2', 'Action=DescribeVpcs', 'InvalidClientTokenId'],
    ['sqs', '{}', 'UnrecognizedClientException'],
  ])('of an unknown key is refused by %s', async (service, body, code) => {
    const headers = { 'x-amz-target': 'AmazonSQS.ListQueues' };

    const answer = await send({ service, accessKeyId: 'AKIANOBODY', headers, body });

    expect(answer.status).toBe(403);
    expect(answer.text).toContain(code);
    expect(answer.text).toContain('The security token included in the request is invalid.');
  });
});

describe('an unknown operation', () => {
  it.each([
    ['iam', 'Action=EatCake', 'InvalidAction', 'EatCake'],
    ['ec2', '', 'InvalidAction', 'POST /'],
    ['sqs', '{}', 'UnknownOperationException', 'AmazonSQS.EatCake'],
    ['events', '{}', 'UnknownOperationException', 'AmazonSQS.EatCake'],
  ])('of %s is answered with status 400', async (service, body, code, asked) => {
    const headers =
      service === 'sqs' || service === 'events' ? { 'x-amz-target': 'AmazonSQS.EatCake' } : {};

    const answer = await send({ service, headers, body });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain(code);
    expect(answer.text).toContain(`does not offer \`${asked}\` of ${service}`);
  });
});

describe('JSON', () => {
  it('is answered in the version that the service speaks', async () => {
    const headers = { 'x-amz-target': 'AWSEvents.ListRules' };
    const answer = await send({ service: 'events', headers, body: '{}' });
    const other = await sqs('ListQueues', '');

    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({ Rules: [] });
    expect(other.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  });

  it('names an error of SQS for old clients too', async () => {
    const answer = await sqs('PurgeQueue', `{"QueueUrl":"${account.endpoint}/123456789012/none"}`);

    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-query-error')).toBe(
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
    );
    expect(JSON.parse(answer.text)).toEqual({
      __type: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
  });

  it.each([
    ['cut off', '{"QueueName":'],
    ['no object', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['a million levels deep', '{"QueueName":'.repeat(100_000)],
    ['a number for a text', '{"QueueName":1}'],
    ['a text for a map', '{"QueueName":"q","Attributes":"x"}'],
    ['a number in a map of texts', '{"QueueName":"q","Attributes":{"DelaySeconds":1}}'],
    ['null in a map', '{"QueueName":"q","Attributes":{"DelaySeconds":null}}'],
    ['a text for a structure', '{"QueueName":"q","tags":"x"}'],
  ])('that is %s is refused', async (_case, body) => {
    const answer = await sqs('CreateQueue', body);

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'SerializationException' });
  });

  it.each([
    ['a text for a number', 'SendMessage', '{"QueueUrl":"u","MessageBody":"b","DelaySeconds":"1"}'],
    ['a text for a list', 'SendMessageBatch', '{"QueueUrl":"u","Entries":"x"}'],
    ['a number in a list', 'SendMessageBatch', '{"QueueUrl":"u","Entries":[1]}'],
    ['a text for a truth value', 'PutEvents', '{"Entries":[{"Time":"yesterday"}]}'],
  ])('with %s is refused', async (_case, target, body) => {
    const [service, prefix] =
      target === 'PutEvents' ? ['events', 'AWSEvents'] : ['sqs', 'AmazonSQS'];
    const headers = { 'x-amz-target': `${prefix}.${target}` };
    const answer = await send({ service, headers, body });

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ __type: 'SerializationException' });
  });

  it('without required members is refused by name', async () => {
    const answer = await sqs('SendMessage', '{}');

    expect(JSON.parse(answer.text)).toEqual({
      __type: 'ValidationException',
      message:
        "2 validation errors detected: Value null at 'queueUrl' failed to satisfy constraint: Member must not be null; Value null at 'messageBody' failed to satisfy constraint: Member must not be null",
    });
  });
});

describe('query bodies', () => {
  it('read lists, maps and structures, in the order of their numbers', async () => {
    await form(
      'sns',
      'Action=CreateTopic&Name=t&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=T' +
        '&Tags.member.2.Key=b&Tags.member.2.Value=2&Tags.member.1.Key=a&Tags.member.1.Value=1&Tags.member.x.Key=c',
    );

    const arn = 'arn:aws:sns:us-east-1:123456789012:t';
    const attributes = await form('sns', `Action=GetTopicAttributes&TopicArn=${arn}`);
    const tags = await form('sns', `Action=ListTagsForResource&ResourceArn=${arn}`);
    expect(attributes.headers.get('content-type')).toBe('text/xml');
    expect(attributes.text).toMatch(
      /^<GetTopicAttributesResponse xmlns="http:\/\/sns\.amazonaws\.com\/doc\/2010-03-31\/"><GetTopicAttributesResult><Attributes>.*<\/Attributes><\/GetTopicAttributesResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetTopicAttributesResponse>$/,
    );
    expect(attributes.text).toContain('<key>DisplayName</key><value>T</value>');
    expect(tags.text).toMatch(/<Key>a<\/Key>.*<Key>b<\/Key>/);
    expect(tags.text).not.toContain('<Key>c</Key>');
  });

  it('pass by maps without values, and lists without items', async () => {
    const answer = await form(
      'sns',
      'Action=CreateTopic&Name=u&Attributes.entry.1.key=Policy&Tags=',
    );

    expect(answer.status).toBe(200);
  });

  it('answer errors in XML that any text can be part of', async () => {
    const name = encodeURIComponent('a<b>&"\u0000');

    const answer = await form('iam', `Action=GetUser&UserName=${name}`);

    expect(answer.status).toBe(404);
    expect(answer.text).toContain(
      '<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name a&lt;b&gt;&amp;"?',
    );
  });

  it('without required members are refused by name', async () => {
    const answer = await form('iam', 'Action=PutUserPolicy&UserName=ann');

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<Code>ValidationError</Code>');
    expect(answer.text).toContain('2 validation errors detected: Value null at');
  });

  it.each([
    ['iam', 'Action=ListUsers&MaxItems=many'],
    ['iam', 'Action=GetUser&UserName.member.1=ann&MaxItems=1'],
  ])('with values of the wrong type are no failure of the account: %s', async (service, body) => {
    const answer = await form(service, body);

    expect(answer.status).toBeLessThan(500);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

describe('EC2 bodies', () => {
  it('read flat lists and answer the EC2 way', async () => {
    const answer = await form(
      'ec2',
      'Action=DescribeVpcs&Filter.1.Name=tag%3AName&Filter.1.Value.1=approved&Filter.1.Value.2=lab',
    );

    expect(answer.text).toMatch(
      /^<DescribeVpcsResponse xmlns="http:\/\/ec2\.amazonaws\.com\/doc\/2016-11-15\/"><requestId>[0-9a-f-]{36}<\/requestId>.*<vpcSet><item>/,
    );
    expect(answer.text.match(/<vpcId>/g)).toHaveLength(1);
  });

  it('read numbers, truth values and lists of ids', async () => {
    const answer = await form(
      'ec2',
      'Action=CreateSubnet&VpcId=vpc-0a1b2c3d4e5f60001&CidrBlock=172.31.64.0%2F24&DryRun=true',
    );
    const missing = await form('ec2', 'Action=DescribeSubnets&SubnetId.1=subnet-1');

    expect(answer.status).toBe(412);
    expect(missing.text).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><Response><Errors><Error><Code>InvalidSubnetID\.NotFound<\/Code><Message>The subnet ID 'subnet-1' does not exist<\/Message><\/Error><\/Errors><RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/,
    );
  });

  it('without required members are refused by name', async () => {
    const answer = await form('ec2', 'Action=DeleteSubnet');

    expect(answer.text).toContain('<Code>MissingParameter</Code>');
    expect(answer.text).toContain('The request must contain the parameter subnetId');
  });
});

describe('any request', () => {
  it('is answered, never by a failure of the account', async () => {
    const names = ['CreateTopic', 'Publish', 'AssumeRole', 'DescribeSubnets', 'CreateRole', 'x'];

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('sns', 'sts', 'ec2', 'iam'),
        fc.constantFrom(...names),
        fc.webQueryParameters(),
        async (service, action, parameters) => {
          const { status } = await form(service, `Action=${action}&${parameters}`);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('CreateQueue', 'SendMessage', 'ReceiveMessage', 'ListQueues'),
        fc.string({ unit: 'binary' }),
        async (target, body) => {
          const { status } = await sqs(target, body);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 50 },
    );
  });
});

import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { FullAccount } from '../full-account.ts';
import { refused } from './watched-service.ts';

/** Where a scenario plays: an account, and a client of CloudFormation whose answers are noted. */
export interface StackScene {
  readonly account: FullAccount;
  readonly stacks: CloudFormation;
}

const QUEUE = { Type: 'AWS::SQS::Queue' };
const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    },
  },
};
/** Its dead-letter queue does not exist. */
const BROKEN = {
  ...QUEUE,
  Properties: {
    RedrivePolicy: {
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:nobody',
      maxReceiveCount: 5,
    },
  },
};

/** What a stack of everything that descriptions tell of is made from. */
const TELLING = {
  Description: 'tells',
  Parameters: {
    Stage: { Type: 'String', Default: 'test', Description: 'which one' },
    BootstrapVersion: {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/cdk-bootstrap/hnb659fds/version',
    },
  },
  Resources: { Queue: QUEUE, Role: ROLE },
  Outputs: {
    Url: {
      Value: { Ref: 'Queue' },
      Description: 'where it is',
      Export: { Name: 'queue-url' },
    },
  },
};

/** A stack that is made, changed, described and deleted. */
export async function playOneStack({ account, stacks }: StackScene): Promise<void> {
  const StackName = 'one';
  const TemplateBody = JSON.stringify(TELLING);
  const { StackId } = await stacks.createStack({
    StackName,
    TemplateBody,
    Capabilities: ['CAPABILITY_IAM'],
    Tags: [{ Key: 'team', Value: 'net' }],
    ClientRequestToken: 'first',
  });
  await account.advance(60_000);
  const Parameters = [{ ParameterKey: 'Stage', ParameterValue: 'live' }];
  const change = { StackName, UsePreviousTemplate: true, Parameters };
  await stacks.updateStack({ ...change, Capabilities: ['CAPABILITY_IAM'] });
  await account.advance(60_000);
  await stacks.describeStacks({ StackName });
  await stacks.describeStackEvents({ StackName });
  await stacks.describeStackResources({ StackName });
  await stacks.getTemplate({ StackName });
  await stacks.validateTemplate({ TemplateBody });
  await stacks.listExports();
  await refused(
    stacks.createStack({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }),
    stacks.updateStack({ StackName, TemplateBody }),
    stacks.createStack({ StackName: 'other', TemplateBody }),
    stacks.createStack({ StackName: 'other', TemplateBody, ClientRequestToken: 'first' }),
    stacks.updateStack({ ...change, ClientRequestToken: 'first' }),
    stacks.deleteStack({ StackName, ClientRequestToken: 'first' }),
    stacks.getTemplate({ StackName, ChangeSetName: 'none' }),
  );
  await stacks.deleteStack({ StackName });
  await account.advance(60_000);
  await stacks.describeStacks({ StackName: StackId });
  await stacks.listStacks();
}

/** A stack that cannot be made. */
export async function playBrokenStack({ account, stacks }: StackScene): Promise<void> {
  const StackName = 'broken';
  const TemplateBody = JSON.stringify({ Resources: { Queue: BROKEN } });
  await stacks.createStack({ StackName, TemplateBody });
  await account.advance(60_000);
  await stacks.describeStacks({ StackName });
  await stacks.describeStackEvents({ StackName });
  await stacks.describeStackResources({ StackName });
  await stacks.listStacks();
}

/** A stack that cannot be deleted, because another one relies on what it exports. */
export async function playHeldStack({ account, stacks }: StackScene): Promise<void> {
  const Outputs = { Held: { Value: 'x', Export: { Name: 'held' } } };
  const Holds = { Value: { 'Fn::ImportValue': 'held' } };
  const [held, holder] = [{ Outputs }, { Outputs: { Holds } }].map((outputs) =>
    JSON.stringify({ Resources: { Queue: QUEUE }, ...outputs }),
  );
  await stacks.createStack({ StackName: 'held', TemplateBody: held });
  await account.advance(60_000);
  await stacks.createStack({ StackName: 'holder', TemplateBody: holder });
  await account.advance(60_000);
  await stacks.deleteStack({ StackName: 'held' });
  await account.advance(60_000);
  await stacks.describeStacks({ StackName: 'held' });
  await stacks.listStacks();
}

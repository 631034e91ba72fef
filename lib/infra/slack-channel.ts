import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A Slack channel that Amazon Q Developer in chat applications was allowed into. */
export interface SlackChannel {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Shows the notices of a topic in a Slack channel, from which nothing in the account can be called. */
export function createSlackChannel(
  scope: Construct,
  name: string,
  { channel, topic }: { readonly channel: SlackChannel; readonly topic: ITopic },
): SlackChannelConfiguration {
  return new SlackChannelConfiguration(scope, 'Slack', {
    slackChannelConfigurationName: name,
    slackWorkspaceId: channel.workspaceId,
    slackChannelId: channel.channelId,
    notificationTopics: [topic],
    role: new Role(scope, 'SlackRole', {
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com'),
      description: 'Shows notices of the Lambda VPC guardrail in Slack; may do nothing',
    }),
    userRoleRequired: true,
    // AWS: without a list of its own a channel's guardrail policy is AdministratorAccess.
    guardrailPolicies: [
      ManagedPolicy.fromManagedPolicyArn(
        scope,
        'SlackGuardrail',
        'arn:aws:iam::aws:policy/AWSDenyAll',
      ),
    ],
  });
}

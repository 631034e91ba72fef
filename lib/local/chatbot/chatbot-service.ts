import type { StaticOperationSchema } from '@smithy/types';
import type { AccountCore } from '../account-core.ts';
import { toTrailShape } from '../cloudtrail.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type Operation, operation, type Service } from '../wire/operation.ts';
import { CHATBOT_SCHEMAS } from './chatbot-schemas.ts';

interface Channel {
  readonly ChatConfigurationArn: string;
  readonly ConfigurationName: string;
  readonly SlackTeamId: string;
  readonly SlackChannelId: string;
  readonly IamRoleArn: string;
}

type OnChannel = Partial<Channel>;

interface Chatbot {
  readonly core: AccountCore;
  /** By ARN. */
  readonly channels: Map<string, Channel>;
}

/** Creates Amazon Q Developer in chat applications: it knows channels, nothing is ever sent to Slack. */
export function createChatbotService(core: AccountCore): Service {
  const chatbot: Chatbot = { core, channels: new Map() };
  return {
    name: 'chatbot',
    protocol: 'rest-json',
    denied: { code: 'AccessDeniedException', status: 403 },
    operations: [
      mutation<Channel>(chatbot, CHATBOT_SCHEMAS.create, (input) => create(chatbot, input)),
      mutation<Channel>(chatbot, CHATBOT_SCHEMAS.update, (input) => {
        const channel = { ...channelOf(chatbot, input.ChatConfigurationArn), ...input };
        chatbot.channels.set(channel.ChatConfigurationArn, channel);
        return { ChannelConfiguration: channel };
      }),
      mutation<OnChannel>(chatbot, CHATBOT_SCHEMAS.remove, ({ ChatConfigurationArn: arn }) => {
        chatbot.channels.delete(channelOf(chatbot, arn).ChatConfigurationArn);
        return {};
      }),
      describe(chatbot),
    ],
  };
}

function mutation<Input extends OnChannel>(
  { core }: Chatbot,
  schema: StaticOperationSchema,
  handle: (input: Input) => object,
): Operation {
  return operation<Input, object>(schema, {
    needs: ({ ChatConfigurationArn, ConfigurationName = '' }) => [
      {
        action: `chatbot:${schema[2]}`,
        resource: ChatConfigurationArn ?? arnOf(core, ConfigurationName),
      },
    ],
    handle,
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: toTrailShape,
    }),
  });
}

function create({ core, channels }: Chatbot, input: Channel): object {
  const arn = arnOf(core, input.ConfigurationName);
  if (channels.has(arn)) {
    throw new AwsFault(`Configuration already exists: ${input.ConfigurationName}`, {
      code: 'ConflictException',
      status: 409,
    });
  }
  const channel = { ...input, ChatConfigurationArn: arn };
  channels.set(arn, channel);
  return { ChannelConfiguration: channel };
}

function describe({ core, channels }: Chatbot): Operation {
  return operation<OnChannel, object>(CHATBOT_SCHEMAS.describe, {
    needs: () => [
      { action: 'chatbot:DescribeSlackChannelConfigurations', resource: arnOf(core, '*') },
    ],
    handle: ({ ChatConfigurationArn: arn }) => ({
      SlackChannelConfigurations: [...channels.values()].filter(
        (channel) => arn === undefined || channel.ChatConfigurationArn === arn,
      ),
    }),
  });
}

function channelOf({ channels }: Chatbot, arn = ''): Channel {
  const channel = channels.get(arn);
  if (channel !== undefined) return channel;
  throw new AwsFault(`Could not find the Slack channel configuration: ${arn}`, {
    code: 'ResourceNotFoundException',
    status: 404,
  });
}

function arnOf({ accountId }: AccountCore, name: string): string {
  return `arn:aws:chatbot::${accountId}:chat-configuration/slack-channel/${name}`;
}

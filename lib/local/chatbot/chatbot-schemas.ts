import type { StaticListSchema } from '@smithy/types';
import { BOOLEAN, operationSchema, STRING, STRING_LIST, structure } from '../wire/own-schema.ts';

const settings = {
  SlackChannelName: STRING,
  IamRoleArn: STRING,
  SnsTopicArns: STRING_LIST,
  LoggingLevel: STRING,
  GuardrailPolicyArns: STRING_LIST,
  UserAuthorizationRequired: BOOLEAN,
};

const configuration = structure('SlackChannelConfiguration', {
  optional: {
    ...settings,
    ChatConfigurationArn: STRING,
    ConfigurationName: STRING,
    SlackChannelId: STRING,
    SlackTeamId: STRING,
  },
});
const configurations: StaticListSchema = [1, 'local', 'Configurations', 0, configuration];

const one = structure('OneConfiguration', { optional: { ChannelConfiguration: configuration } });

/** Amazon Q Developer in chat applications: its operations on Slack channels. */
export const CHATBOT_SCHEMAS = {
  create: operationSchema('CreateSlackChannelConfiguration', {
    path: '/create-slack-channel-configuration',
    input: structure('CreateSlackChannelConfigurationRequest', {
      required: {
        ConfigurationName: STRING,
        IamRoleArn: STRING,
        SlackChannelId: STRING,
        SlackTeamId: STRING,
      },
      optional: settings,
    }),
    output: one,
  }),
  update: operationSchema('UpdateSlackChannelConfiguration', {
    path: '/update-slack-channel-configuration',
    input: structure('UpdateSlackChannelConfigurationRequest', {
      required: { ChatConfigurationArn: STRING, SlackChannelId: STRING },
      optional: settings,
    }),
    output: one,
  }),
  remove: operationSchema('DeleteSlackChannelConfiguration', {
    path: '/delete-slack-channel-configuration',
    input: structure('DeleteSlackChannelConfigurationRequest', {
      required: { ChatConfigurationArn: STRING },
    }),
  }),
  describe: operationSchema('DescribeSlackChannelConfigurations', {
    path: '/describe-slack-channel-configurations',
    input: structure('DescribeSlackChannelConfigurationsRequest', {
      optional: { ChatConfigurationArn: STRING },
    }),
    output: structure('DescribeSlackChannelConfigurationsResponse', {
      optional: { SlackChannelConfigurations: configurations },
    }),
  }),
};

import type { JsonObject } from '../json-value.ts';
import type { ResourceType } from '../resource-type.ts';

/** AWS::Chatbot::SlackChannelConfiguration. */
export const chatbotSlackChannel: ResourceType = {
  name: 'AWS::Chatbot::SlackChannelConfiguration',
  properties: {
    ConfigurationName: true,
    GuardrailPolicies: true,
    IamRoleArn: true,
    LoggingLevel: true,
    SlackChannelId: true,
    SlackWorkspaceId: true,
    SnsTopicArns: true,
    UserRoleRequired: true,
  },
  required: ['ConfigurationName', 'IamRoleArn', 'SlackChannelId', 'SlackWorkspaceId'],
  attributes: ['Arn'],
  replacedBy: ['ConfigurationName', 'SlackWorkspaceId'],
  nameProperty: 'ConfigurationName',
  create: async (work, properties) => {
    const { ConfigurationName, SlackWorkspaceId: SlackTeamId } = properties;
    const { ChannelConfiguration } = await work.call<{
      ChannelConfiguration: { ChatConfigurationArn: string };
    }>('chatbot', 'CreateSlackChannelConfiguration', {
      ConfigurationName,
      SlackTeamId,
      ...settingsOf(properties),
    });
    const { ChatConfigurationArn: Arn } = ChannelConfiguration;
    return { physicalId: Arn, attributes: { Arn } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('chatbot', 'UpdateSlackChannelConfiguration', {
      ChatConfigurationArn: physicalId,
      ...settingsOf(properties),
    });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('chatbot', 'DeleteSlackChannelConfiguration', {
      ChatConfigurationArn: physicalId,
    });
  },
};

/** The template and the service have different names for the same settings. */
function settingsOf(properties: JsonObject): JsonObject {
  return {
    SlackChannelId: properties['SlackChannelId'],
    IamRoleArn: properties['IamRoleArn'],
    SnsTopicArns: properties['SnsTopicArns'] ?? [],
    LoggingLevel: properties['LoggingLevel'] ?? 'NONE',
    GuardrailPolicyArns: properties['GuardrailPolicies'] ?? [],
    UserAuthorizationRequired: properties['UserRoleRequired'] ?? false,
  };
}

import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './guardrail-template.ts';

describe('createSlackChannel', () => {
  it('shows chat notices in Slack without giving the channel any permission', () => {
    const chatting = templateOf({ slack: { workspaceId: 'T0WORKSPACE', channelId: 'C0CHANNEL' } });
    const [channel] = resourcesOf(chatting, 'AWS::Chatbot::SlackChannelConfiguration');
    const role = resourcesOf(chatting, 'AWS::IAM::Role').find(
      ({ Properties }) => Properties['Policies'] === undefined,
    );

    expect(channel?.Properties).toMatchObject({
      SlackWorkspaceId: 'T0WORKSPACE',
      SlackChannelId: 'C0CHANNEL',
      SnsTopicArns: [{ Ref: expect.stringMatching(/Chat/) }],
      UserRoleRequired: true,
      GuardrailPolicies: [expect.stringMatching(/AWSDenyAll$/)],
    });
    expect(role?.Properties['ManagedPolicyArns']).toBeUndefined();
    expect(JSON.stringify(role?.Properties['AssumeRolePolicyDocument'])).toContain(
      'chatbot.amazonaws.com',
    );
  });
});

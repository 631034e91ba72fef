import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { callJson } from '../signed-call.ts';

const ARN = 'arn:aws:chatbot::123456789012:chat-configuration/slack-channel/alerts';
const CHANNEL = {
  ConfigurationName: 'alerts',
  IamRoleArn: 'arn:aws:iam::123456789012:role/lambda-role',
  SlackChannelId: 'C1',
  SlackTeamId: 'T1',
};

let account: FullAccount;

beforeAll(async () => {
  account = await startFullAccount();
});

afterAll(() => account.close());

function call(path: string, body: object) {
  return callJson(account.endpoint, { service: 'chatbot', path }, body);
}

describe('Slack channels', () => {
  it('are created, changed, described and deleted', async () => {
    const created = await call('/create-slack-channel-configuration', CHANNEL);
    expect(created).toMatchObject({
      status: 200,
      body: { ChannelConfiguration: { ...CHANNEL, ChatConfigurationArn: ARN } },
    });
    await call('/update-slack-channel-configuration', {
      ChatConfigurationArn: ARN,
      SlackChannelId: 'C2',
    });
    await call('/create-slack-channel-configuration', { ...CHANNEL, ConfigurationName: 'other' });
    const described = await call('/describe-slack-channel-configurations', {
      ChatConfigurationArn: ARN,
    });
    expect(described.body).toMatchObject({
      SlackChannelConfigurations: [{ ...CHANNEL, SlackChannelId: 'C2' }],
    });
    await call('/delete-slack-channel-configuration', { ChatConfigurationArn: ARN });
    const left = await call('/describe-slack-channel-configurations', {});
    expect(left.body).toMatchObject({
      SlackChannelConfigurations: [{ ConfigurationName: 'other' }],
    });
    expect(account.records('CreateSlackChannelConfiguration')[0]).toMatchObject({
      eventSource: 'chatbot.amazonaws.com',
      requestParameters: { slackChannelId: 'C1' },
    });
  });

  it('are refused twice, and when they do not exist', async () => {
    const again = { ...CHANNEL, ConfigurationName: 'other' };
    expect((await call('/create-slack-channel-configuration', again)).status).toBe(409);
    const missing = { ChatConfigurationArn: ARN };
    expect((await call('/delete-slack-channel-configuration', missing)).status).toBe(404);
  });
});

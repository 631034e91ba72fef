import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPublish } from '../../functions/adapters/sns.ts';
import type { Notice } from '../../functions/core/notice.ts';
import { toChatMessage, toFindingsMessage } from '../../functions/core/render-notice.ts';
import { awsError } from '../support/aws-error.ts';

const FINDINGS = 'arn:aws:sns:us-east-1:123456789012:findings';
const CHAT = 'arn:aws:sns:us-east-1:123456789012:chat';
const NOTICE: Notice = {
  id: 'notice-1',
  kind: 'remediation',
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
  threadId: 'thread-1',
  severity: 'high',
  controlId: 'LVG.1',
  remediation: 'quarantine',
  subject: 'orders-api was quarantined',
  text: 'It is in no VPC.',
  nextSteps: ['Attach it.'],
  findings: [],
  at: '2026-11-22T09:00:00.000Z',
};
const ATTRIBUTES = {
  severity: { DataType: 'String', StringValue: 'high' },
  controlId: { DataType: 'String', StringValue: 'LVG.1' },
  remediation: { DataType: 'String', StringValue: 'quarantine' },
};

const sns = mockClient(SNSClient);
const publish = createPublish(
  { region: 'us-east-1' },
  { findingsTopicArn: FINDINGS, chatTopicArn: CHAT },
);

beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({});
});

describe('publish', () => {
  it('tells machines and mail readers on one topic and chat on the other', async () => {
    await publish(NOTICE);

    expect(inputs()).toEqual([
      {
        TopicArn: FINDINGS,
        Subject: 'orders-api was quarantined',
        Message: toFindingsMessage(NOTICE),
        MessageStructure: 'json',
        MessageAttributes: ATTRIBUTES,
      },
      { TopicArn: CHAT, Message: toChatMessage(NOTICE), MessageAttributes: ATTRIBUTES },
    ]);
  });

  it('names the owner where one is known', async () => {
    await publish({ ...NOTICE, owner: 'payments' });

    for (const { MessageAttributes } of inputs()) {
      expect(MessageAttributes).toEqual({
        ...ATTRIBUTES,
        owner: { DataType: 'String', StringValue: 'payments' },
      });
    }
  });

  it('leaves out an attribute without a value, which AWS would refuse', async () => {
    await publish({ ...NOTICE, owner: '', controlId: '' });

    expect(Object.keys(inputs()[0]?.MessageAttributes ?? {})).toEqual(['severity', 'remediation']);
  });

  it.each([FINDINGS, CHAT])(
    'throws NOTIFICATION_FAILED when %s fails, after both were tried',
    async (topic) => {
      sns.on(PublishCommand, { TopicArn: topic }).rejects(awsError('AuthorizationError', 403));

      await expect(publish(NOTICE)).rejects.toMatchObject({
        code: 'NOTIFICATION_FAILED',
        retryable: true,
        message: 'could not publish notice `notice-1`: AuthorizationError: because',
      });
      expect(inputs()).toHaveLength(2);
    },
  );
});

function inputs() {
  return sns.commandCalls(PublishCommand).map(({ args }) => args[0].input);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  toChatMessage,
  toFindingsMessage,
  toMailText,
} from '../../functions/core/render-notice.ts';
import messages from '../cases/notice-messages.json' with { type: 'json' };
import texts from '../cases/notice-texts.json' with { type: 'json' };
import { noticeOf } from '../support/builders.ts';
import { SAMPLE_NOTICES } from '../support/sample-notices.ts';

const REVERT = SAMPLE_NOTICES['a revert'] ?? noticeOf('missing');

describe('toMailText', () => {
  it.each(texts)('tells people of $name', ({ name, mail, ...expected }) => {
    const notice = SAMPLE_NOTICES[name] ?? noticeOf('missing');

    expect(notice).toMatchObject(expected);
    expect(toMailText(notice).split('\n')).toEqual(mail);
  });

  it('has words for every sort of notice', () => {
    expect(texts.map(({ name }) => name)).toEqual(Object.keys(SAMPLE_NOTICES));
  });

  it.each([
    [
      'arn:aws-cn:lambda:cn-north-1:123456789012:function:f',
      'https://cn-north-1.console.amazonaws.cn/',
    ],
    [
      'arn:aws-us-gov:lambda:us-gov-west-1:1:function:f',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/',
    ],
    ['no ARN at all', 'https://.console.aws.amazon.com/'],
  ])('links %s to its console', (functionArn, link) => {
    expect(toMailText({ ...REVERT, functionArn })).toContain(`Function: ${link}`);
  });
});

describe('toChatMessage', () => {
  it('is a custom notification of Amazon Q Developer in chat applications', () => {
    expect(JSON.parse(toChatMessage(REVERT))).toEqual(messages.chat);
  });

  it('names neither control nor owner where there is none', () => {
    const message = JSON.parse(toChatMessage(noticeOf('notice-1')));

    expect(message.content.keywords).toEqual(['high', 'revert']);
    expect(message.metadata.additionalContext).not.toHaveProperty('owner');
  });

  it('calls nobody in the channel, whatever a text holds', () => {
    const hostile = '<!channel> & <https://example.com|click>';
    const notice = {
      ...REVERT,
      text: hostile,
      subject: hostile,
      owner: hostile,
      nextSteps: [hostile],
    };

    expect(toChatMessage(notice)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  it('cuts what is too long', () => {
    const long = 'x'.repeat(10_000);

    const { content } = JSON.parse(toChatMessage({ ...REVERT, text: long, nextSteps: [long] }));

    expect(content.description).toBe(`${'x'.repeat(3999)}…`);
    expect(content.nextSteps[0]).toHaveLength(500);
  });
});

describe('toFindingsMessage', () => {
  it('carries JSON for machines and a text for mail', () => {
    const message = JSON.parse(toFindingsMessage(REVERT));

    expect(Object.keys(message)).toEqual(['default', 'https', 'email']);
    expect(JSON.parse(message.default)).toEqual(messages.findings);
    expect(message.https).toBe(message.default);
    expect(message.email).toBe(toMailText(REVERT));
  });

  it('leaves out an owner that nobody named', () => {
    const message = JSON.parse(toFindingsMessage(noticeOf('notice-1')));

    expect(JSON.parse(message.default)).not.toHaveProperty('owner');
  });

  it('is JSON within JSON for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const notice = { ...REVERT, text, owner: text };

        expect(JSON.parse(JSON.parse(toFindingsMessage(notice)).default).owner).toBe(text);
        expect(JSON.parse(toChatMessage(notice)).version).toBe('1.0');
      }),
    );
  });
});

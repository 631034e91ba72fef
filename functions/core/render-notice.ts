import { functionNameOf } from './function-name.ts';
import type { Notice } from './notice.ts';
import { bounded } from './quote.ts';

/** Longest texts that are sent to a chat channel; its own limits are not documented. */
const LONGEST = { title: 250, description: 4000, step: 500 } as const;

/** Where the console is, by partition. */
const CONSOLES: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/**
 * Writes a notice for the findings topic: JSON for machines, text for mail.
 *
 * SNS picks the member of the subscriber's protocol, and `default` for every other.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 */
export function toFindingsMessage(notice: Notice): string {
  const { id, kind, functionArn, severity, remediation, owner, at, findings, facts } = notice;
  const machine = JSON.stringify({
    id,
    kind,
    ...(functionArn === undefined ? {} : { functionArn }),
    severity,
    remediation,
    ...(owner === undefined ? {} : { owner }),
    at,
    findings,
    ...facts,
  });
  return JSON.stringify({ default: machine, https: machine, email: toMailText(notice) });
}

/** Writes a notice as the text of a mail. */
export function toMailText({ text, nextSteps, functionArn, owner, id }: Notice): string {
  const steps =
    nextSteps.length === 0 ? [] : ['What to do:', ...nextSteps.map((step) => `- ${step}`)];
  return [
    text,
    '',
    ...steps,
    ...(steps.length === 0 ? [] : ['']),
    ...(functionArn === undefined ? [] : [`Function: ${consoleLink(functionArn)}`]),
    ...(owner === undefined ? [] : [`Owner: ${bounded(owner)}`]),
    `Notice: ${id}`,
  ].join('\n');
}

/**
 * Writes a notice as a custom notification of Amazon Q Developer in chat applications.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function toChatMessage(notice: Notice): string {
  const { id, kind, threadId, severity, subject, text, functionArn, controlId, owner } = notice;
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: toChat(subject, LONGEST.title),
      description: toChat(text, LONGEST.description),
      nextSteps: notice.nextSteps.map((step) => toChat(step, LONGEST.step)),
      keywords: [severity, ...(controlId === undefined ? [] : [controlId]), notice.remediation],
    },
    metadata: {
      threadId,
      summary: toChat(subject, LONGEST.title),
      eventType: kind,
      relatedResources: functionArn === undefined ? [] : [functionArn],
      additionalContext: {
        ...(functionArn === undefined
          ? {}
          : { function: functionNameOf(functionArn), link: consoleLink(functionArn) }),
        ...(owner === undefined ? {} : { owner: toChat(owner, LONGEST.title) }),
      },
    },
  });
}

/** Slack reads `&`, `<` and `>` as its own. */
function toChat(text: string, longest: number): string {
  const short = text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
  return short.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function consoleLink(functionArn: string): string {
  const [, partition = '', , region = ''] = functionArn.split(':');
  const name = encodeURIComponent(functionNameOf(functionArn));
  const host = CONSOLES[partition] ?? 'console.aws.amazon.com';
  return `https://${region}.${host}/lambda/home?region=${region}#/functions/${name}`;
}

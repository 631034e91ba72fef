import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAppSettings } from '../../lib/infra/app-settings.ts';

const EMAILS = 'expected mail addresses separated by commas';
const SLACK = 'expected a Slack id of capital letters and digits';

describe('parseAppSettings', () => {
  it('takes the policy of the folder and tells nobody unless it is told otherwise', () => {
    expect(parse({})).toEqual({
      ok: true,
      settings: { policyFile: 'guardrail.yaml', alertEmails: [] },
    });
  });

  it('reads a policy file, mail addresses and a Slack channel', () => {
    const context = {
      policy: 'teams/payments.yaml',
      alertEmails: 'a@example.com, b@example.com,a@example.com',
      slackWorkspaceId: 'T0WORKSPACE',
      slackChannelId: 'C0CHANNEL',
    };

    expect(parse(context)).toEqual({
      ok: true,
      settings: {
        policyFile: 'teams/payments.yaml',
        alertEmails: ['a@example.com', 'b@example.com'],
        slack: { workspaceId: 'T0WORKSPACE', channelId: 'C0CHANNEL' },
      },
    });
  });

  it('reads mail addresses from a list of cdk.json', () => {
    expect(parse({ alertEmails: ['a@example.com'] })).toMatchObject({
      settings: { alertEmails: ['a@example.com'] },
    });
  });

  it.each([
    [{ policy: ' ' }, 'context `policy` is ` `: expected the path of a policy file'],
    [{ policy: 7 }, 'context `policy` is `7`: expected the path of a policy file'],
    [{ alertEmails: 'ops' }, `context \`alertEmails\` is \`ops\`: ${EMAILS}`],
    [{ alertEmails: '' }, `context \`alertEmails\` is \`\`: ${EMAILS}`],
    [{ alertEmails: true }, `context \`alertEmails\` is \`true\`: ${EMAILS}`],
    [{ alertEmails: [{ a: 1 }] }, `context \`alertEmails\` is \`{"a":1}\`: ${EMAILS}`],
    [
      { slackWorkspaceId: 'T0' },
      'context `slackChannelId` is missing: `slackWorkspaceId` needs it',
    ],
    [{ slackChannelId: 'C0' }, 'context `slackWorkspaceId` is missing: `slackChannelId` needs it'],
    [
      { slackWorkspaceId: 'T0', slackChannelId: '#alerts' },
      `context \`slackChannelId\` is \`#alerts\`: ${SLACK}`,
    ],
  ])('refuses %j', (context, fault) => {
    expect(parse(context)).toEqual({ ok: false, faults: [fault] });
  });

  it('reports everything that is wrong at once', () => {
    const answer = parse({ policy: '', alertEmails: 'x,y', slackChannelId: 'C0' });

    expect(answer).toMatchObject({ ok: false, faults: { length: 4 } });
  });

  it('never throws and says each fault in one line', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 4, maxLength: 4 }), (values) => {
        const [policy, alertEmails, slackWorkspaceId, slackChannelId] = values;
        const answer = parse({ policy, alertEmails, slackWorkspaceId, slackChannelId });
        const faults = answer.ok ? [] : answer.faults;

        expect(faults.every((fault) => !fault.includes('\n'))).toBe(true);
      }),
    );
  });
});

function parse(context: Readonly<Record<string, unknown>>): ReturnType<typeof parseAppSettings> {
  return parseAppSettings((key) => context[key]);
}

import type { SlackChannel } from './slack-channel.ts';

/** What the app is told through its context. */
export interface AppSettings {
  /** Path of the policy file, relative to where the app is started. */
  readonly policyFile: string;
  readonly alertEmails: readonly string[];
  readonly slack?: SlackChannel;
}

/** Settings, or everything that is wrong with them. */
export type AppSettingsAnswer =
  | { readonly ok: true; readonly settings: AppSettings }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads one context value by its key. */
export type ReadContext = (key: string) => unknown;

const DEFAULT_POLICY_FILE = 'guardrail.yaml';

/** Parses the settings of the app from its context. */
export function parseAppSettings(readContext: ReadContext): AppSettingsAnswer {
  const faults: string[] = [];
  const policyFile = parsePolicyFile(readContext('policy'), faults);
  const alertEmails = parseEmails(readContext('alertEmails'), faults);
  const slack = parseSlack(readContext, faults);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    settings: { policyFile, alertEmails, ...(slack === undefined ? {} : { slack }) },
  };
}

function parsePolicyFile(value: unknown, faults: string[]): string {
  if (value === undefined) return DEFAULT_POLICY_FILE;
  if (typeof value === 'string' && value.trim() !== '') return value;
  faults.push(fault('policy', value, 'the path of a policy file'));
  return DEFAULT_POLICY_FILE;
}

function parseEmails(value: unknown, faults: string[]): readonly string[] {
  if (value === undefined) return [];
  const addresses = toList(value);
  for (const address of addresses) {
    if (typeof address !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(address)) {
      faults.push(fault('alertEmails', address, 'mail addresses separated by commas'));
    }
  }
  return [...new Set(addresses.filter((address) => typeof address === 'string'))];
}

function toList(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return value.split(',').map((part) => part.trim());
  return Array.isArray(value) ? value : [value];
}

function parseSlack(readContext: ReadContext, faults: string[]): SlackChannel | undefined {
  const workspaceId = readContext('slackWorkspaceId');
  const channelId = readContext('slackChannelId');
  if (workspaceId === undefined && channelId === undefined) return undefined;
  const workspace = parseSlackId('slackWorkspaceId', workspaceId, faults);
  const channel = parseSlackId('slackChannelId', channelId, faults);
  return { workspaceId: workspace, channelId: channel };
}

function parseSlackId(key: string, value: unknown, faults: string[]): string {
  if (typeof value === 'string' && /^[0-9A-Z]{1,255}$/.test(value)) return value;
  const other = key === 'slackChannelId' ? 'slackWorkspaceId' : 'slackChannelId';
  faults.push(
    value === undefined
      ? `context \`${key}\` is missing: \`${other}\` needs it`
      : fault(key, value, 'a Slack id of capital letters and digits'),
  );
  return '';
}

function fault(key: string, value: unknown, expected: string): string {
  return `context \`${key}\` is \`${shown(value)}\`: expected ${expected}`;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/\s+/g, ' ').slice(0, 100);
}

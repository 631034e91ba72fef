import { vi } from 'vitest';
import type { HistoryEntry } from '../../functions/core/history.ts';
import { DEFAULT_STACK } from '../../lib/cli/default-stack.ts';
import { explainFunction } from '../../lib/cli/explain/explain-function.ts';
import { adminOf, type DeployedAccount } from './deployed-account.ts';

/** What `explain --format json` prints, as far as tests look at it. */
export interface ExplainedStory {
  readonly functionArn: string;
  readonly history: readonly HistoryEntry[];
}

/** Runs `explain` in this process, against a deployed account. */
export async function explainedIn(
  { account }: DeployedAccount,
  asked: string,
): Promise<ExplainedStory> {
  const { endpoint, region, credentials } = adminOf(account);
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  const terminal = { print, tell: () => {}, hasColors: false, nowMs: 0 };
  try {
    await explainFunction(asked, { stack: DEFAULT_STACK, format: 'json' }, terminal);
    return JSON.parse(printed.join(''));
  } finally {
    vi.unstubAllEnvs();
  }
}

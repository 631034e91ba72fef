import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deployAssembly } from '../lib/cli/deploy-assembly.ts';
import { synthesize } from '../lib/cli/synthesize.ts';
import { type LocalAccount, startLocalAccount } from '../lib/local/start-local-account.ts';
import { makeTemporaryFolder } from '../lib/local/temporary-folder.ts';
import type { HandlerName } from '../lib/package/bundle-handlers.ts';

/** Synthesizes the app, with the policy of the demonstration unless told otherwise, and hands the assembly over. */
export async function withAssembly<T>(
  use: (folder: string) => Promise<T>,
  policy = 'policies/demo/guardrail.yaml',
): Promise<T> {
  const folder = makeTemporaryFolder('bench-');
  try {
    await synthesize(folder.path, { policy });
    return await use(folder.path);
  } finally {
    await folder.remove();
  }
}

/** The file of a bundled handler in an assembly; the chunks that it loads lie beside it. */
export function bundleIn(assembly: string, handler: HandlerName): string {
  const folder = readdirSync(assembly).find((name) => name.startsWith('asset.'));
  if (folder === undefined) throw new Error(`no bundle in \`${assembly}\``);
  return join(assembly, folder, `${handler}.mjs`);
}

/** Starts a local account with the guardrail in it. */
export async function startDeployed(
  assemblyDir: string,
  startMs = Date.UTC(2026, 10, 22, 9),
): Promise<LocalAccount> {
  const account = await startLocalAccount({ startMs });
  await deployAssembly({
    assemblyDir,
    endpoint: account.endpoint,
    region: 'us-east-1',
    account: '123456789012',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await account.advance(60_000);
  return account;
}

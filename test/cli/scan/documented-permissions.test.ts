import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTable } from '../explain/guardrail-table.ts';
import { policyFolder } from './policy-folder.ts';
import { startScannedAccount } from './scanned-account.ts';

let account: Awaited<ReturnType<typeof startScannedAccount>>;
let folder: ReturnType<typeof policyFolder>;
let statements: readonly { readonly Sid: string; readonly Resource: string }[];

beforeAll(async () => {
  account = await startScannedAccount();
  await deployTable(account);
  folder = policyFolder();
  const page = await readFile(join(import.meta.dirname, '../../../docs/cli-scan.md'), 'utf8');
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  statements = JSON.parse(json).Statement;
});

afterAll(async () => {
  folder[Symbol.dispose]();
  await account.close();
});

describe('what a scan has to be allowed', () => {
  it('is no more than the docs say, and all of it is seen then', async () => {
    // The stack of this account has another name.
    const named = statements.map((one) => ({ ...one, Resource: '*' }));
    const scanner = account.user('scanner', ...named);

    const { status, report } = await account.scan(
      { policy: folder.path('guardrail.yaml'), stack: 'Small', allRegions: true },
      scanner,
    );

    expect({ status, notSeen: report().scan.notSeen }).toEqual({ status: 0, notSeen: [] });
    expect(report().scan.regions).toContainEqual({ region: 'us-east-1', functions: 3 });
  });
});

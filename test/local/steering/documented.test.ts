import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_QUOTAS } from '../../../lib/local/quotas/api-quotas.ts';
import { type LocalAccount, startLocalAccount } from '../../../lib/local/start-local-account.ts';

const PAGE = readFileSync('docs/local-account.md', 'utf8');

describe('docs/local-account.md', () => {
  let account: LocalAccount;

  beforeAll(async () => {
    account = await startLocalAccount();
  });
  afterAll(async () => {
    await account.close();
  });

  it('lists every call under /_local/, and no other', async () => {
    const answer = await fetch(`${account.endpoint}/_local/`);
    const { routes } = (await answer.json()) as { readonly routes: object };

    const documented = [...PAGE.matchAll(/^\| `((?:GET|POST|DELETE) [^`]+)`/gm)];

    expect(documented.map(([, call]) => call).sort()).toEqual(Object.keys(routes).sort());
  });

  it('has calls that answer', async () => {
    const looks = [...PAGE.matchAll(/^\| `GET ([^`]+)`/gm)].map(([, path]) => path);

    const answers = await Promise.all(looks.map((path) => fetch(`${account.endpoint}${path}`)));

    expect(answers.map(({ status }) => status)).toEqual(looks.map(() => 200));
  });

  it('has the figures of every request rate, and no other', () => {
    const rows = PAGE.matchAll(/^\| `((?:lambda|ec2) [\w ]+)`[^|]*\| (\d+) \| (\d+) \|/gm);

    const documented = [...rows].map(([, name, burst, perSecond]) => [name, burst, perSecond]);

    expect(documented.sort()).toEqual(
      Object.values(API_QUOTAS)
        .flat()
        .map(({ name, burst, perSecond }) => [name, String(burst), String(perSecond)])
        .sort(),
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLICY_RULES } from '../../../lib/policy/lint/lint-policy.ts';
import { ACCESS_RULES } from '../../../lib/policy/lint/rules.ts';

const PAGE = new URL('../../../docs/cli-policy.md', import.meta.url);

describe('docs/cli-policy.md', () => {
  it('has one row for each rule, and no other', () => {
    const section = readFileSync(PAGE, 'utf8')
      .split(/^## /m)
      .find((part) => part.startsWith('`policy lint'));
    const rows = section?.split('\n').filter((line) => line.startsWith('| `'));

    expect(rows).toEqual(
      [...ACCESS_RULES, ...POLICY_RULES].map(({ id, title }) => `| \`${id}\` | ${title} |`),
    );
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seedNetwork } from '../../lib/local/ec2/seed-network.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the ids of the local network', () => {
  it.each([
    'docs/local-account.md',
    'policies/demo/approved-network.json',
    'lib/cli/demo/scenes.ts',
  ])('that %s names exist in it', async (page) => {
    const { vpcs, subnets, securityGroups } = seedNetwork();
    const known = [...vpcs.keys(), ...subnets.keys(), ...securityGroups.keys()];

    const named = (await readFile(join(ROOT, page), 'utf8')).match(
      /\b(vpc|subnet|sg)-[0-9a-f]{17}\b/g,
    );

    expect(named?.length).toBeGreaterThan(0);
    expect(named?.filter((id) => !known.includes(id))).toEqual([]);
  });
});

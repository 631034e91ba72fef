import { readFileSync } from 'node:fs';
import type { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEc2Service } from '../../../lib/local/ec2/ec2-service.ts';
import { seedNetwork } from '../../../lib/local/ec2/seed-network.ts';
import { type FullAccount, startFullAccount } from '../full-account.ts';
import { documentedFilters, filterMember, listed, operationsWith } from './ec2-lists.ts';
import { makePlenty } from './ec2-plenty.ts';
import { newClient } from './ec2-scene.ts';

/** By operation and filter: a value that something has; null where nothing in this account has any. */
type Filters = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** By operation: the least and the greatest page. */
type Pages = Readonly<Record<string, readonly [number, number]>>;

const FILTERS: Filters = readCases('ec2-filters');
const PAGES: Pages = readCases('ec2-pages');

let account: FullAccount;
let ec2: EC2;

beforeAll(async () => {
  account = await startFullAccount();
  ec2 = newClient(account);
  await makePlenty({ account, ec2 });
});

afterAll(async () => {
  ec2.destroy();
  await account.close();
});

describe('lists in pages', () => {
  it('are all those of which AWS answers pages', () => {
    const { operations } = createEc2Service(account.core, seedNetwork());

    expect(Object.keys(PAGES).sort()).toEqual([...operationsWith(operations, 'MaxResults')].sort());
  });

  it.each(Object.entries(PAGES))('of %s hold everything once', async (operation, [least]) => {
    const { items: all } = await listed(ec2, operation);
    const walked: unknown[] = [];
    let NextToken: unknown;
    do {
      const page = await listed(ec2, operation, { MaxResults: least, NextToken });
      walked.push(...page.items);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);

    expect(all.length).toBeGreaterThan(least);
    expect(walked).toEqual(all);
  });

  it.each(Object.entries(PAGES))('of %s have bounds', async (operation, [least, most]) => {
    for (const MaxResults of [least - 1, most + 1]) {
      await expect(listed(ec2, operation, { MaxResults })).rejects.toMatchObject({
        name: 'InvalidParameterValue',
        message: expect.stringContaining(
          `Value ( ${MaxResults} ) for parameter maxResults`,
        ) as string,
      });
    }
    await expect(listed(ec2, operation, { MaxResults: most })).resolves.toBeDefined();
  });

  it.each(Object.keys(PAGES))('of %s go on from no token but their own', async (operation) => {
    await expect(listed(ec2, operation, { NextToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
  });
});

describe('filters', () => {
  const cases = Object.entries(FILTERS).flatMap(([operation, filters]) =>
    Object.entries(filters).map(([name, value]) => [operation, name, value] as const),
  );

  it('are all those that AWS documents', () => {
    const { operations } = createEc2Service(account.core, seedNetwork());
    const names = [...operationsWith(operations, 'Filter')].sort();

    expect(Object.keys(FILTERS).sort()).toEqual(names);
    for (const name of names) {
      expect(Object.keys(FILTERS[name] ?? {})).toEqual(
        expect.arrayContaining([...documentedFilters(name)]),
      );
    }
  });

  it.each(cases)('of %s by %s %s', async (operation, Name, value) => {
    const by = (text: string) =>
      listed(ec2, operation, { [filterMember(operation)]: [{ Name, Values: [text] }] });
    const [found, strange] = await Promise.all([by(value ?? '*'), by('nobody has this')]);

    expect(found.items.length > 0).toBe(value !== null);
    expect(strange.items).toEqual([]);
  });

  it.each(Object.keys(FILTERS))('of %s that nobody knows are refused', async (operation) => {
    const filters = { [filterMember(operation)]: [{ Name: 'wish', Values: ['x'] }] };

    await expect(listed(ec2, operation, filters)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'wish' is invalid",
    });
  });
});

function readCases<Cases>(name: string): Cases {
  return JSON.parse(readFileSync(`test/cases/${name}.json`, 'utf8'));
}

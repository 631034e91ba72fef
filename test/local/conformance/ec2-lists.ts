import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EC2 } from '@aws-sdk/client-ec2';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Operation } from '../../../lib/local/wire/operation.ts';
import { callByName } from './ec2-scene.ts';

/** The operations that answer in pages, or take filters. */
export function operationsWith(
  operations: readonly Operation[],
  member: 'MaxResults' | 'Filter',
): readonly string[] {
  return operations
    .filter(({ schema }) =>
      Object.keys(NormalizedSchema.of(schema[4]).getMemberSchemas()).some((name) =>
        name.startsWith(member),
      ),
    )
    .map(({ name }) => name);
}

/** How a request of an operation names its filters. */
export function filterMember(operation: string): string {
  return operation === 'DescribeNatGateways' ? 'Filter' : 'Filters';
}

/** What a list operation needs beside filters and pages. */
export function ownInput(operation: string): object {
  return operation === 'GetSecurityGroupsForVpc' ? { VpcId: 'vpc-0f0e0d0c0b0a00002' } : {};
}

/** The items that an operation lists, and how to go on. */
export async function listed(
  ec2: EC2,
  operation: string,
  input: object = {},
): Promise<{ readonly items: readonly unknown[]; readonly NextToken: unknown }> {
  const answer = await callByName(ec2, operation, { ...ownInput(operation), ...input });
  const items = Object.values(answer).find((value) => Array.isArray(value));
  return { items: Array.isArray(items) ? items : [], NextToken: answer['NextToken'] };
}

/** The filters that the SDK documents for an operation; `tag:KEY` is `tag:Name`. */
export function documentedFilters(operation: string): readonly string[] {
  const start = MODELS.indexOf(`export interface ${operation}Request {`);
  const members = MODELS.slice(start, MODELS.indexOf('\n}\n', start));
  const text = /((?:.*\n)*?)\s*Filters?\?: /.exec(members)?.[1] ?? '';
  const own = text.slice(text.lastIndexOf('/**'));
  return [...own.matchAll(/<p>\s*(?:\*\s*)?<code>([^<]+)<\/code>/g)].flatMap(([, name = '']) =>
    name === 'tag' ? ['tag:Name'] : name.trim(),
  );
}

const MODELS = readModels();

function readModels(): string {
  const main = createRequire(import.meta.url).resolve('@aws-sdk/client-ec2');
  const folder = join(dirname(main), '..', 'dist-types', 'models');
  return readdirSync(folder)
    .filter((name) => /^models_\d+\.d\.ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

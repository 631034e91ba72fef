import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grant } from './granted-actions.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/permissions.md'), 'utf8');

/** The last parts of the roles' names, as the page heads its tables. */
export const ROLES = [
  'EnforceOnChange',
  'RescanOnRequest',
  'SweepOnSchedule',
  'ReleaseOnRequest',
] as const;

type Role = (typeof ROLES)[number];

/** What the page says that a role is granted, in the page's own words. */
export function documentedGrants(role: Role): readonly Grant[] {
  return rowsUnder(role).map(([action = '', resource = '']) => ({ action, resource }));
}

/** What the page says that a role is granted and never asks for. */
export function explainedGrants(role: Role): readonly Grant[] {
  return rowsUnder('Granted and never asked for')
    .filter(([of]) => of === role)
    .map(([, action = '', resource = '']) => ({ action, resource }));
}

/** The actions of which the page says why they are not narrowed. */
export function documentedWide(): readonly string[] {
  return rowsUnder('Not narrowed to a resource').map(([action = '']) => action);
}

/** The page's word for a resource of a deployed policy; the resource itself where it has none. */
export function wordFor(resource: string): string {
  const known = rowsUnder('The words').find(([, pattern = '']) => {
    const text = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[*\\w-]+');
    return new RegExp(`^${text}$`).test(resource);
  });
  return known?.[0] ?? resource;
}

/** The rows of the table under a heading, without its head and without backticks around a whole cell. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, section = ''] = PAGE.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const rows = own.split('\n').filter((line) => line.startsWith('| '));
  if (rows.length < 3) throw new Error(`docs/permissions.md has no table under \`${heading}\``);
  return rows.slice(2).map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.replaceAll(/^`|`$/g, '')),
  );
}

import { listOf, mapping, matching, trueOrFalse } from './schema-parts.ts';

/** AWS: a function has at most so many. */
const MOST_SUBNETS = 16;
const MOST_GROUPS = 5;

/** Where a function goes that has no good baseline. */
export const fallbackSchema = mapping(
  {
    subnetIds: idsOf('subnet', MOST_SUBNETS).meta({ description: 'the subnets of the fallback' }),
    securityGroupIds: idsOf('sg', MOST_GROUPS).meta({
      description: 'the security groups of the fallback',
    }),
    onCreate: trueOrFalse.default(false).meta({
      description: 'also for functions that were just created: their code then runs there',
    }),
  },
  'an attachment such as `{ subnetIds: [subnet-0a1b2c3d4e5f60001], securityGroupIds: [sg-0a1b2c3d4e5f60001] }`',
);

function idsOf(prefix: string, most: number) {
  const expected = `a list of 1 to ${most} ids such as \`${prefix}-0a1b2c3d4e5f60001\``;
  const id = matching(
    new RegExp(`^${prefix}-[0-9a-z]{1,32}$`),
    () => `expected an id such as \`${prefix}-0a1b2c3d4e5f60001\``,
  );
  return listOf(id, expected, 1).max(most, { error: `expected ${expected}` });
}

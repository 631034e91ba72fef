import { z } from 'zod';
import { EGRESS_WISHES } from '../../functions/core/controls/egress-as-wanted.ts';
import { namePattern } from './function-patterns.ts';
import { listOf, mapping, matching, oneOf, wholeNumber } from './schema-parts.ts';

/** What a policy may set of one control beside severity and remediations, by key. */
export type ParameterShape = Readonly<Record<string, z.ZodType>>;

const EGRESS_ENTRY = '`{ functions: ["pay-*"], allow: nat }`';

const egressEntry = mapping(
  {
    functions: listOf(namePattern, 'a list of at least one pattern of function names', 1).meta({
      description: 'patterns of function names, `*` and `?` as in IAM',
    }),
    allow: oneOf(EGRESS_WISHES).meta({
      description:
        'how these functions may get to the internet: by NAT gateways, not at all, or anyhow',
    }),
  },
  `an entry such as ${EGRESS_ENTRY}`,
);

const serviceName = matching(
  /^(?!com\.amazonaws\.)[a-z0-9][a-z0-9.-]{0,63}$/,
  () =>
    'expected what stands after the region in the name of an endpoint, such as `s3` or `ecr.api`',
);

/** The parameters of the controls that have some; their defaults are the controls' own. */
export const CONTROL_PARAMETERS: Readonly<Record<string, ParameterShape>> = {
  'LVG.4': {
    egress: z
      .array(egressEntry, { error: `expected a list of entries such as ${EGRESS_ENTRY}` })
      .meta({
        description: 'the way to the internet by function; the first entry that matches counts',
      }),
  },
  'LVG.5': {
    services: listOf(serviceName, 'a list of AWS services such as `[s3, sts]`').meta({
      description:
        'the AWS services that functions have to reach, as endpoints name them: `s3`, `ecr.api`',
    }),
  },
  'LVG.6': {
    minimumZones: wholeNumber(1, 16).meta({
      description: 'how many Availability Zones the subnets have to span at least',
    }),
  },
  'LVG.10': {
    minimumFreeAddresses: wholeNumber(1, 65_531).meta({
      description: 'how many addresses have to be free in every subnet',
    }),
  },
  'LVG.11': {
    maximumPercent: wholeNumber(1, 100).meta({
      description:
        "how much of the VPC's quota of network interfaces the functions may need, in percent",
    }),
  },
};

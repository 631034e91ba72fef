import {
  CreateTags$,
  type CreateTagsRequest,
  DeleteTags$,
  type DeleteTagsRequest,
  type Tag,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange } from './define-change.ts';
import { ec2Fault } from './ec2-faults.ts';
import { tagsOf } from './filters.ts';
import type { RoutedNetwork, Tags } from './network.ts';
import { ec2Arn } from './views.ts';

type CreateInput = Given<CreateTagsRequest, 'Resources' | 'Tags'>;
type DeleteInput = Given<DeleteTagsRequest, 'Resources'>;

interface Tagged {
  readonly name?: string;
  readonly tags?: Tags;
}

const MOST_TAGS = 50;

/** The operations that give tags to what there is in the network, and take them away. */
export function tagOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  const needs =
    (action: string) =>
    ({ Resources }: { readonly Resources: readonly string[] }) =>
      Resources.map((id) => ({ action, resource: ec2Arn(core, kindOf(id), id) }));
  return [
    defineChange<CreateInput, void>(CreateTags$, {
      needs: needs('ec2:CreateTags'),
      handle: ({ Resources, Tags: given }) => {
        checkKeys(given);
        const added = Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value]));
        changeTags(network, Resources, (held) => ({ ...held, ...added }));
      },
    }),
    defineChange<DeleteInput, void>(DeleteTags$, {
      needs: needs('ec2:DeleteTags'),
      handle: ({ Resources, Tags: given }) =>
        changeTags(network, Resources, (held) => without(held, given)),
    }),
  ];
}

/** Every resource has to exist before any of them is changed. */
function changeTags(
  network: RoutedNetwork,
  ids: readonly string[],
  change: (held: Tags) => Tags,
): void {
  const changed = ids.map((id) => {
    const items = mapOf(network, id);
    const item = items?.get(id);
    if (items === undefined || item === undefined) {
      throw ec2Fault('InvalidID', `The ID '${id}' is not valid`);
    }
    const tags = change(tagsOf(item));
    if (Object.keys(tags).length > MOST_TAGS) {
      throw ec2Fault('TagLimitExceeded', `The maximum number of tags per resource is ${MOST_TAGS}`);
    }
    return { items, id, item, tags };
  });
  for (const { items, id, item, tags } of changed) items.set(id, withTags(item, tags));
}

/** Things without a name of their own, as security groups, keep it among their tags. */
function withTags(item: Tagged, all: Tags): Tagged {
  if (item.name === undefined) return { ...item, tags: all };
  const { Name = '', ...tags } = all;
  return { ...item, name: Name, tags };
}

/** AWS: without a list all tags go; a tag with a value goes only where it has that value. */
function without(held: Tags, given: readonly Tag[] | undefined): Tags {
  return Object.fromEntries(
    Object.entries(held).filter(
      ([key, value]) =>
        given !== undefined &&
        !given.some(({ Key, Value }) => Key === key && (Value === undefined || Value === value)),
    ),
  );
}

function checkKeys(tags: readonly Tag[]): void {
  const reserved = tags.find(({ Key = '' }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved === undefined) return;
  const message = `Tag keys starting with 'aws:' are reserved for internal use`;
  throw ec2Fault('InvalidParameterValue', message);
}

/** The kinds of things that have tags, as ARNs name them, by the prefix of their ids. */
const KINDS: Readonly<Record<string, readonly [kind: string, items: keyof RoutedNetwork]>> = {
  eigw: ['egress-only-internet-gateway', 'egressOnlyGateways'],
  eipalloc: ['elastic-ip', 'addresses'],
  eni: ['network-interface', 'networkInterfaces'],
  igw: ['internet-gateway', 'internetGateways'],
  nat: ['natgateway', 'natGateways'],
  pcx: ['vpc-peering-connection', 'peerings'],
  rtb: ['route-table', 'routeTables'],
  sg: ['security-group', 'securityGroups'],
  sgr: ['security-group-rule', 'securityGroupRules'],
  subnet: ['subnet', 'subnets'],
  tgw: ['transit-gateway', 'transitGateways'],
  'tgw-attach': ['transit-gateway-attachment', 'transitAttachments'],
  vpc: ['vpc', 'vpcs'],
  vpce: ['vpc-endpoint', 'endpoints'],
};

function kindOf(id: string): string {
  return KINDS[prefixOf(id)]?.[0] ?? '*';
}

function mapOf(network: RoutedNetwork, id: string): Map<string, Tagged> | undefined {
  const [, items] = KINDS[prefixOf(id)] ?? [];
  return items === undefined ? undefined : network[items];
}

function prefixOf(id: string): string {
  return id.slice(0, Math.max(id.lastIndexOf('-'), 0));
}

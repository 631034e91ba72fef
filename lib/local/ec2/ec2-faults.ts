import { AwsFault } from '../wire/aws-fault.ts';

/** An error of EC2; all but dry runs and refusals have status 400. */
export function ec2Fault(code: string, message: string, status = 400): AwsFault {
  return new AwsFault(message, { code, status });
}

/** The kinds of things that are looked up by id. */
export type NetworkKind = keyof typeof MISSING;

/** EC2's code and words for one, and for several, that do not exist. */
const MISSING = {
  vpc: ['InvalidVpcID.NotFound', 'vpc ID'],
  subnet: ['InvalidSubnetID.NotFound', 'subnet ID'],
  group: ['InvalidGroup.NotFound', 'security group'],
  groupRule: ['InvalidSecurityGroupRuleId.NotFound', 'security group rule ID'],
  routeTable: ['InvalidRouteTableID.NotFound', 'routeTable ID'],
  association: ['InvalidAssociationID.NotFound', 'association ID'],
  internetGateway: ['InvalidInternetGatewayID.NotFound', 'internetGateway ID'],
  gateway: ['InvalidGatewayID.NotFound', 'gateway ID'],
  egressOnlyGateway: ['InvalidGatewayID.NotFound', 'eigw ID'],
  natGateway: ['NatGatewayNotFound', 'Nat Gateway'],
  natTarget: ['InvalidNatGatewayID.NotFound', 'natGateway ID'],
  allocation: ['InvalidAllocationID.NotFound', 'allocation ID'],
  endpoint: ['InvalidVpcEndpointId.NotFound', 'Vpc Endpoint Id'],
  peering: ['InvalidVpcPeeringConnectionID.NotFound', 'vpcPeeringConnection ID'],
  transitGateway: ['InvalidTransitGatewayID.NotFound', 'transitGateway ID'],
  transitAttachment: ['InvalidTransitGatewayAttachmentID.NotFound', 'transitGatewayAttachment ID'],
  prefixList: ['InvalidPrefixListId.NotFound', 'prefix list ID'],
  instance: ['InvalidInstanceID.NotFound', 'instance ID'],
  networkInterface: ['InvalidNetworkInterfaceID.NotFound', 'networkInterface ID'],
} as const;

/** The whole text, where a service within EC2 has words of its own. */
const OWN_WORDS: Partial<Record<NetworkKind, (ids: string) => string>> = {
  natGateway: (ids) => `The Nat Gateway ${ids} was not found`,
  transitGateway: (ids) => `Transit Gateway ${ids} was deleted or does not exist.`,
  transitAttachment: (ids) => `Transit Gateway Attachment ${ids} was deleted or does not exist.`,
};

/** Says which ids do not exist. */
export function notFound(kind: NetworkKind, ids: readonly string[]): AwsFault {
  const [code, words] = MISSING[kind];
  const own = OWN_WORDS[kind]?.(ids.join(', '));
  if (own !== undefined) return ec2Fault(code, own);
  const what = ids.length === 1 ? `${words} '${ids[0]}' does` : `${words}s '${ids.join(', ')}' do`;
  return ec2Fault(code, `The ${what} not exist`);
}

/** Finds what an id names, or says that it does not exist. */
export function findById<Item>(
  items: ReadonlyMap<string, Item>,
  kind: NetworkKind,
  id: string,
): Item {
  const item = items.get(id);
  if (item === undefined) throw notFound(kind, [id]);
  return item;
}

/** Says that something is still in use. */
export function hasDependencies(what: string, id: string): AwsFault {
  const message = `The ${what} '${id}' has dependencies and cannot be deleted.`;
  return ec2Fault('DependencyViolation', message);
}

/** Says which parameter is missing. */
export function missingParameter(name: string): AwsFault {
  return ec2Fault('MissingParameter', `The request must contain the parameter ${name}`);
}

/** Says that a value is none that this parameter takes. */
export function invalidValue(name: string, value: string, why: string): AwsFault {
  const message = `Value (${value}) for parameter ${name} is invalid. ${why}`;
  return ec2Fault('InvalidParameterValue', message);
}

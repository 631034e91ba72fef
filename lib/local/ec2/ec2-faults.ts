import { AwsFault } from '../wire/aws-fault.ts';

/** An error of EC2; all but dry runs and refusals have status 400. */
export function ec2Fault(code: string, message: string, status = 400): AwsFault {
  return new AwsFault(message, { code, status });
}

/** The kinds of things that are looked up by id, with EC2's words for a missing one. */
export type NetworkKind = 'vpc' | 'subnet' | 'group' | 'routeTable';

const MISSING: Readonly<Record<NetworkKind, readonly [string, string, string]>> = {
  vpc: ['InvalidVpcID.NotFound', 'vpc ID', 'vpc IDs'],
  subnet: ['InvalidSubnetID.NotFound', 'subnet ID', 'subnet IDs'],
  group: ['InvalidGroup.NotFound', 'security group', 'security groups'],
  routeTable: ['InvalidRouteTableID.NotFound', 'routeTable ID', 'routeTable IDs'],
};

/** Says which ids do not exist. */
export function notFound(kind: NetworkKind, ids: readonly string[]): AwsFault {
  const [code, one, many] = MISSING[kind];
  const what = ids.length === 1 ? `${one} '${ids[0]}' does` : `${many} '${ids.join(', ')}' do`;
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

import { parseIsoTime } from './iso-time.ts';
import { createMemberReader, type JsonRecord } from './json-value.ts';
import { findNetworkIds } from './network-ids.ts';
import { quote } from './quote.ts';

/** One CloudTrail record of a successful EC2 call that can change a verdict. */
export interface NetworkChange {
  readonly eventId: string;
  readonly eventTimeMs: number;
  /** What is looked at once, however many of its changes come at the same time. */
  readonly resourceId: string;
  /** Resources of one kind that lead to the VPC; empty where the record names none. */
  readonly ids: readonly string[];
  /** AWS goes on working on it after the call, and no event tells when it has finished. */
  readonly isSlow?: true;
}

/** The change of a network that looks at functions come from. */
export type NetworkCause = Pick<NetworkChange, 'resourceId' | 'eventId'>;

/** What an envelope of EC2 turned out to be. */
export type ParsedNetworkChange =
  | { readonly status: 'network'; readonly change: NetworkChange }
  | { readonly status: 'ignored'; readonly reason: string }
  | { readonly status: 'malformed'; readonly faults: readonly string[] };

/**
 * The EC2 calls that can change a verdict: the rule and the parser are both made from this.
 *
 * What a route leads to becomes a blackhole when it goes, so its end counts; its beginning only where a
 * verdict asks for its state.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/logging-using-cloudtrail.html
 */
export const NETWORK_EVENTS: readonly string[] = [
  'AcceptVpcPeeringConnection',
  'AssociateRouteTable',
  'AssociateSubnetCidrBlock',
  'AttachInternetGateway',
  'CreateNatGateway',
  'CreateRoute',
  'CreateVpcEndpoint',
  'DeleteEgressOnlyInternetGateway',
  'DeleteNatGateway',
  'DeleteRoute',
  'DeleteRouteTable',
  'DeleteTransitGatewayVpcAttachment',
  'DeleteVpcEndpoints',
  'DeleteVpcPeeringConnection',
  'DetachInternetGateway',
  'DetachVpnGateway',
  'DisableVgwRoutePropagation',
  'DisassociateRouteTable',
  'DisassociateSubnetCidrBlock',
  'EnableVgwRoutePropagation',
  'ModifySubnetAttribute',
  'ModifyVpcEndpoint',
  'ModifyVpcTenancy',
  'ReplaceRoute',
  'ReplaceRouteTableAssociation',
];

/** A gateway or endpoint is `pending` for minutes. */
const SLOW_EVENTS: ReadonlySet<string> = new Set([
  'CreateNatGateway',
  'CreateVpcEndpoint',
  'ModifyVpcEndpoint',
]);

/** What is debounced where a record names nothing: everything is looked at. */
export const EVERY_VPC = 'every-vpc';

/** The source of the envelopes that are about the network. */
export const NETWORK_SOURCE = 'aws.ec2';
const DETAIL_TYPE = 'AWS API Call via CloudTrail';
const EVENT_SOURCE = 'ec2.amazonaws.com';

/** The EventBridge pattern that matches the EC2 calls that succeeded and can change a verdict. */
export function networkEventPattern(): Readonly<Record<string, unknown>> {
  return {
    source: [NETWORK_SOURCE],
    'detail-type': [DETAIL_TYPE],
    detail: {
      eventSource: [EVENT_SOURCE],
      eventName: NETWORK_EVENTS,
      errorCode: [{ exists: false }],
    },
  };
}

/** Reads an EventBridge envelope of EC2: a change of the network, or why it is none. */
export function parseNetworkChange(envelope: JsonRecord): ParsedNetworkChange {
  const faults: string[] = [];
  const outer = createMemberReader(envelope, '', faults);
  const source = outer.text('source');
  const detailType = outer.text('detail-type');
  const detail = outer.record('detail');
  const inner = createMemberReader(detail, 'detail.', faults);
  const eventSource = inner.text('eventSource');
  const eventName = inner.text('eventName');
  if (faults.length > 0) return { status: 'malformed', faults };
  if (source !== NETWORK_SOURCE) return ignored(`source ${quote(source)} is not watched`);
  if (detailType !== DETAIL_TYPE) return ignored(`detail type ${quote(detailType)} is not watched`);
  if (eventSource !== EVENT_SOURCE) return ignored(`${quote(eventSource)} is not watched`);
  if (!NETWORK_EVENTS.includes(eventName)) {
    return ignored(`event ${quote(eventName)} is not watched`);
  }
  const { errorCode = null } = detail;
  if (errorCode !== null) return ignored(`the call failed: ${quote(errorCode)}`);
  return parseRecord(detail, eventName);
}

/** Names what is debounced for some resources. */
export function toResourceId(ids: readonly string[]): string {
  return ids.length === 0 ? EVERY_VPC : ids.join(',');
}

function parseRecord(detail: JsonRecord, eventName: string): ParsedNetworkChange {
  const faults: string[] = [];
  const reader = createMemberReader(detail, 'detail.', faults);
  const eventId = reader.text('eventID');
  const eventTime = reader.text('eventTime');
  const eventTimeMs = parseIsoTime(eventTime);
  if (eventTimeMs === undefined && eventTime !== '') {
    faults.push(`\`detail.eventTime\`: expected a time in UTC, got ${quote(eventTime)}`);
  }
  if (faults.length > 0 || eventTimeMs === undefined) return { status: 'malformed', faults };
  const ids = findNetworkIds(detail['requestParameters'], detail['responseElements']);
  return {
    status: 'network',
    change: {
      eventId,
      eventTimeMs,
      resourceId: toResourceId(ids),
      ids,
      ...(SLOW_EVENTS.has(eventName) ? { isSlow: true } : {}),
    },
  };
}

function ignored(reason: string): ParsedNetworkChange {
  return { status: 'ignored', reason };
}

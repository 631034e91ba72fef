import { type Caller, toUserIdentity } from './identity/caller.ts';
import type { TrailRecord } from './journal.ts';
import type { AwsFault } from './wire/aws-fault.ts';
import type { Service } from './wire/operation.ts';

/** What is to be recorded of one mutating call. */
export interface Recorded {
  readonly service: string;
  readonly eventName: string;
  readonly caller: Caller;
  readonly requestId: string;
  readonly userAgent: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Where and when a record is written. */
export interface TrailContext {
  readonly accountId: string;
  readonly region: string;
  readonly nowMs: number;
  readonly eventId: string;
}

/**
 * Writes the CloudTrail record of one mutating call.
 *
 * AWS: a call that IAM denies has `errorCode: AccessDenied` and null request parameters; the reading side
 * must live with that. EC2 says `Client.UnauthorizedOperation` and keeps the parameters.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function toTrailRecord(call: Recorded, context: TrailContext): TrailRecord {
  const isDenied = call.error?.code === 'AccessDenied';
  return {
    eventVersion: '1.11',
    userIdentity: toUserIdentity(call.caller, context.nowMs),
    eventTime: `${new Date(context.nowMs).toISOString().slice(0, 19)}Z`,
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.eventName,
    awsRegion: context.region,
    sourceIPAddress: call.caller.invokedBy ?? '127.0.0.1',
    userAgent: call.caller.invokedBy ?? call.userAgent,
    ...(call.error === undefined
      ? {}
      : { errorCode: call.error.code, errorMessage: call.error.message }),
    requestParameters: isDenied ? null : call.request,
    responseElements: call.error === undefined ? call.response : null,
    requestID: call.requestId,
    eventID: context.eventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: context.accountId,
    eventCategory: 'Management',
  };
}

/** Names an error as CloudTrail does: EC2's with the side that is at fault, those of all others as they are. */
export function toTrailCode(
  { name, denied }: Pick<Service, 'name' | 'denied'>,
  { code, status }: Pick<AwsFault, 'code' | 'status'>,
): string {
  if (name !== 'ec2') return code === denied.code ? 'AccessDenied' : code;
  return status >= 500 && code !== 'RequestLimitExceeded' ? `Server.${code}` : `Client.${code}`;
}

/** Members whose own members are named by people: CloudTrail leaves those names as they are. */
const MAPS = new Set(['Tags', 'tags', 'Attributes']);

/** Turns an API shape into CloudTrail's spelling: lower camel case names, dates as text, bytes left out. */
export function toTrailShape(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(toTrailShape);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(
      ([name, held]) =>
        [
          name.charAt(0).toLowerCase() + name.slice(1),
          MAPS.has(name) && !Array.isArray(held) ? held : toTrailShape(held),
        ] as const,
    )
    .filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries);
}

import type { Actor } from './actor.ts';
import type { Attachment } from './attachment.ts';
import { findChangedFunction } from './find-changed-function.ts';
import { parseIsoTime } from './iso-time.ts';
import { createMemberReader, isRecord, type JsonRecord } from './json-value.ts';
import { parseActor } from './parse-actor.ts';
import { parseClaim } from './parse-claim.ts';
import { parseTagging } from './parse-tagging.ts';
import { parseVersions } from './parse-versions.ts';
import { quote } from './quote.ts';

/** What a watched call does to a function. */
export type ChangeKind =
  | 'create'
  | 'configuration'
  | 'code'
  | 'version'
  | 'alias'
  | 'concurrency'
  | 'tags'
  | 'delete';

/** One CloudTrail record of a successful call that is watched. */
export interface ChangeEvent {
  /** CloudTrail's `eventID`: duplicates share it. */
  readonly eventId: string;
  readonly eventName: string;
  readonly kind: ChangeKind;
  readonly eventTimeMs: number;
  /** Without a qualifier; account and region are the function's. */
  readonly functionArn: string;
  readonly actor: Actor;
  /** Whether the call itself set VPC settings. */
  readonly isAttachmentRequested: boolean;
  /** Present only where the record proves it: subnets, groups, VPC id, role and revision are all named. */
  readonly claim?: AttachmentClaim;
  /** The tags that the call set, where it set any. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The keys of the tags that the call took away. */
  readonly untagged?: readonly string[];
  /** The published versions that the call made or pointed an alias at. */
  readonly versions?: readonly string[];
}

/** The attachment that a record's response elements prove. */
export interface AttachmentClaim {
  readonly attachment: Attachment;
  readonly role: string;
  readonly revisionId: string;
}

/** What an envelope turned out to be. */
export type ParsedChange =
  | { readonly status: 'change'; readonly event: ChangeEvent }
  | { readonly status: 'ignored'; readonly reason: string }
  | { readonly status: 'malformed'; readonly faults: readonly string[] };

/**
 * The calls that are watched, by how their names begin: the rule and the parser are both made from this.
 *
 * AWS: most names carry the date of their API, and new dates come.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
 */
export const WATCHED_EVENTS: readonly { readonly prefix: string; readonly kind: ChangeKind }[] = [
  { prefix: 'CreateFunction2', kind: 'create' },
  { prefix: 'UpdateFunctionConfiguration', kind: 'configuration' },
  { prefix: 'UpdateFunctionCode2', kind: 'code' },
  { prefix: 'PublishVersion2', kind: 'version' },
  { prefix: 'CreateAlias2', kind: 'alias' },
  { prefix: 'UpdateAlias2', kind: 'alias' },
  { prefix: 'PutFunctionConcurrency2', kind: 'concurrency' },
  { prefix: 'DeleteFunctionConcurrency2', kind: 'concurrency' },
  { prefix: 'TagResource2', kind: 'tags' },
  { prefix: 'UntagResource2', kind: 'tags' },
  { prefix: 'DeleteFunction2', kind: 'delete' },
];

const SOURCE = 'aws.lambda';
const DETAIL_TYPE = 'AWS API Call via CloudTrail';
const EVENT_SOURCE = 'lambda.amazonaws.com';
const LONGEST_EVENT_NAME = 100;

/** The EventBridge pattern that matches the watched calls that succeeded. */
export function changeEventPattern(): Readonly<Record<string, unknown>> {
  return {
    source: [SOURCE],
    'detail-type': [DETAIL_TYPE],
    detail: {
      eventSource: [EVENT_SOURCE],
      eventName: WATCHED_EVENTS.map(({ prefix }) => ({ prefix })),
      errorCode: [{ exists: false }],
    },
  };
}

/** Reads an EventBridge envelope: a change, something that needs no look, or something that is no envelope. */
export function parseChangeEvent(envelope: unknown): ParsedChange {
  if (!isRecord(envelope)) {
    return malformed([`expected an EventBridge envelope, got ${quote(envelope)}`]);
  }
  const faults: string[] = [];
  const outer = createMemberReader(envelope, '', faults);
  const source = outer.text('source');
  const detailType = outer.text('detail-type');
  const detail = outer.record('detail');
  const inner = createMemberReader(detail, 'detail.', faults);
  const eventSource = inner.text('eventSource');
  const eventName = inner.text('eventName');
  if (faults.length > 0) return malformed(faults);
  if (source !== SOURCE) return ignored(`source ${quote(source)} is not watched`);
  if (detailType !== DETAIL_TYPE) return ignored(`detail type ${quote(detailType)} is not watched`);
  if (eventSource !== EVENT_SOURCE) return ignored(`${quote(eventSource)} is not watched`);
  const kind = kindOf(eventName);
  if (kind === undefined) return ignored(`event ${quote(eventName)} is not watched`);
  const { errorCode = null } = detail;
  if (errorCode !== null) return ignored(`the call failed: ${quote(errorCode)}`);
  return parseRecord(detail, eventName, kind);
}

function parseRecord(detail: JsonRecord, eventName: string, kind: ChangeKind): ParsedChange {
  const faults: string[] = [];
  const reader = createMemberReader(detail, 'detail.', faults);
  const eventId = reader.text('eventID');
  const eventTime = reader.text('eventTime');
  const request = reader.record('requestParameters');
  const response = reader.record('responseElements');
  const actor = parseActor(reader.record('userIdentity'), detail['userAgent']);
  const changed = findChangedFunction(detail, faults);
  const eventTimeMs = parseIsoTime(eventTime);
  if (eventTimeMs === undefined && eventTime !== '') {
    faults.push(`\`detail.eventTime\`: expected a time in UTC, got ${quote(eventTime)}`);
  }
  if (faults.length > 0 || eventTimeMs === undefined) return malformed(faults);
  if (changed === undefined) return ignored('the record names no function');
  const { functionArn, isQualified } = changed;
  const claim = isQualified ? undefined : parseClaim(response);
  return {
    status: 'change',
    event: {
      eventId,
      eventName,
      // A delete of one version leaves the function.
      kind: kind === 'delete' && isQualified ? 'version' : kind,
      eventTimeMs,
      functionArn,
      actor,
      isAttachmentRequested: (request['vpcConfig'] ?? undefined) !== undefined,
      ...(claim === undefined ? {} : { claim }),
      ...parseTagging(request),
      ...parseVersions(request, response),
    },
  };
}

function kindOf(eventName: string): ChangeKind | undefined {
  if (eventName.length > LONGEST_EVENT_NAME) return undefined;
  return WATCHED_EVENTS.find(({ prefix }) => eventName.startsWith(prefix))?.kind;
}

function ignored(reason: string): ParsedChange {
  return { status: 'ignored', reason };
}

function malformed(faults: readonly string[]): ParsedChange {
  return { status: 'malformed', faults };
}

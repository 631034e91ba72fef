import type { Actor } from './actor.ts';
import { isRecord, type JsonRecord } from './json-value.ts';
import { bounded } from './quote.ts';
import { redact } from './redact.ts';

const ROLE = /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/[!-~]{1,600}$/;
const OWN_ARN =
  /^arn:aws[a-z-]{0,20}:(?:iam|sts)::\d{12}:(?:root|user\/[!-~]{1,600}|federated-user\/[!-~]{1,64})$/;
const SESSION_NAME = /(?::assumed-role\/[^/]{1,64}\/|^[A-Z0-9]{4,128}:)([\w+=,.@-]{1,64})$/;

/**
 * Reads who made a call from a record's `userIdentity`; what is redacted or strange there is left out.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function parseActor(identity: JsonRecord, userAgent: unknown): Actor {
  const issuer = member(member(identity, 'sessionContext'), 'sessionIssuer');
  const principalArn = matching(ROLE, issuer['arn']) ?? matching(OWN_ARN, identity['arn']);
  const accountId = matching(/^\d{12}$/, identity['accountId']);
  const sessionName = sessionOf(identity['arn']) ?? sessionOf(identity['principalId']);
  const invokedBy = printable(identity['invokedBy']);
  const agent = printable(userAgent);
  return {
    ...(principalArn === undefined ? {} : { principalArn }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(invokedBy === undefined ? {} : { invokedBy }),
    ...(agent === undefined ? {} : { userAgent: agent }),
  };
}

/** Tells whether a text is the ARN of a role. */
export function isRoleArn(value: unknown): value is string {
  return matching(ROLE, value) !== undefined;
}

function member(value: JsonRecord, name: string): JsonRecord {
  const inner = value[name];
  return isRecord(inner) ? inner : {};
}

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function sessionOf(value: unknown): string | undefined {
  const name = typeof value === 'string' ? SESSION_NAME.exec(value)?.[1] : undefined;
  // People put into it what they like, and it is shown to others.
  return name === undefined ? undefined : redact(name);
}

function printable(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? bounded(value, 200) : undefined;
}

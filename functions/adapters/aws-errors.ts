import { type ErrorCode, GuardrailError } from '../core/guardrail-error.ts';
import { redact } from '../core/redact.ts';

/** What the guardrail reads of an error that an AWS client throws. */
export interface AwsError {
  /** Matched instead of the class: AWS answers with names that the SDK in use does not know. */
  readonly name: string;
  /** One line, without what looks like a secret. */
  readonly message: string;
  /** The HTTP status; absent where no answer came. */
  readonly status?: number;
  /** Why Lambda throttled. */
  readonly throttleReason?: string;
  /** Node's code of a failure on the way. */
  readonly nodeCode?: string;
}

const MAX_MESSAGE_LENGTH = 500;
/** More is not looked through. */
const MAX_READ_LENGTH = 5_000;

/** Client faults that pass by themselves. */
const PASSING_FAULTS: ReadonlySet<string> = new Set([
  'EC2ThrottledException',
  'ExpiredToken',
  'ExpiredTokenException',
  'ProvisionedThroughputExceededException',
  'RequestExpired',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeTooSkewed',
  'RequestTimeout',
  'RequestTimeoutException',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const DENIALS: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);

/** Reads whatever an AWS client threw. */
export function parseAwsError(error: unknown): AwsError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: typeof error === 'string' ? toOneLine(error) : '' };
  }
  const { name, message, $metadata, Reason, code } = error as Error & {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly Reason?: string;
    readonly code?: string;
  };
  const status = $metadata?.httpStatusCode;
  return {
    name,
    message: toOneLine(message),
    ...(status === undefined ? {} : { status }),
    ...(Reason === undefined ? {} : { throttleReason: Reason }),
    ...(code === undefined ? {} : { nodeCode: code }),
  };
}

/** Says what AWS answered in one line. */
export function describeAwsError({ name, message }: AwsError): string {
  return message === '' ? name : `${name}: ${message}`;
}

/** Tells whether AWS refuses this call for good: the same call will never succeed. */
export function isFinal({ name, status = 0 }: AwsError): boolean {
  return status >= 400 && status < 500 && status !== 429 && !PASSING_FAULTS.has(name);
}

/** Tells whether an error says that the guardrail's role may not make this call. */
export function isDenied(error: unknown): boolean {
  return DENIALS.has(parseAwsError(error).name);
}

/** Translates what stopped a read; `attempt` says what could not be done. */
export function observationFailed(error: unknown, attempt: string): GuardrailError {
  return toGuardrailError(error, attempt, 'OBSERVATION_FAILED');
}

/** Translates what stopped a write; only a denial is one that no retry cures. */
export function writeFailed(error: unknown, attempt: string): GuardrailError {
  const code = isDenied(error) ? 'REMEDIATION_DENIED' : 'REMEDIATION_FAILED';
  return toGuardrailError(error, attempt, code);
}

/** Translates what stopped a notice. */
export function notificationFailed(error: unknown, attempt: string): GuardrailError {
  return toGuardrailError(error, attempt, 'NOTIFICATION_FAILED');
}

function toGuardrailError(error: unknown, attempt: string, code: ErrorCode): GuardrailError {
  const reason = describeAwsError(parseAwsError(error));
  return new GuardrailError(`${attempt}: ${reason}`, { code, cause: error });
}

function toOneLine(text: string): string {
  const line = text
    .slice(0, MAX_READ_LENGTH)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  // A secret that is cut may no longer look like one.
  return redact(line).slice(0, MAX_MESSAGE_LENGTH);
}

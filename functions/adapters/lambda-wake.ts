import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { functionNameOf } from '../core/function-name.ts';
import type { Ports, WakeOutcome } from '../workflows/ports.ts';
import {
  type AwsError,
  describeAwsError,
  isFinal,
  parseAwsError,
  writeFailed,
} from './aws-errors.ts';

/** What a function gets that became active in between: its code can tell it from work. */
export const WAKE_PAYLOAD = '{"source":"lambda-vpc-guardrail","purpose":"wake"}';

/**
 * AWS began to restore the function; the call did not run its code.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
const WAKING: ReadonlySet<string> = new Set([
  'CodeArtifactUserPendingException',
  'ENINotReadyException',
  'ResourceNotReadyException',
  'SnapStartNotReadyException',
]);

/** Server faults by their status, but only people can end them. */
const UNWAKEABLE: ReadonlySet<string> = new Set([
  'EC2AccessDeniedException',
  'ENILimitReachedException',
  'InvalidSecurityGroupIDException',
  'InvalidSubnetIDException',
  'SubnetIPAddressLimitReachedException',
]);

/**
 * Builds the port that wakes idle functions.
 *
 * Its client never retries: each further attempt is another invocation.
 */
export function createWake(settings: LambdaClientConfig): Ports['wake'] {
  const client = new LambdaClient({ ...settings, maxAttempts: 1 });
  return async (functionArn) => {
    try {
      await client.send(
        new InvokeCommand({
          FunctionName: functionArn,
          InvocationType: 'RequestResponse',
          Payload: new TextEncoder().encode(WAKE_PAYLOAD),
        }),
      );
      return { status: 'ran' };
    } catch (error) {
      const outcome = toOutcome(parseAwsError(error));
      if (outcome !== undefined) return outcome;
      throw writeFailed(error, `could not wake function \`${functionNameOf(functionArn)}\``);
    }
  };
}

/** Undefined where a later try may tell more. */
function toOutcome(error: AwsError): WakeOutcome | undefined {
  if (isWaking(error)) return { status: 'waking' };
  if (isTimeout(error)) return { status: 'ran' };
  if (error.name === 'ResourceNotFoundException') return { status: 'gone' };
  if (isThrottledByReservation(error)) return { status: 'throttled' };
  if (isFinal(error) || UNWAKEABLE.has(error.name)) {
    return { status: 'refused', error: describeAwsError(error) };
  }
  return;
}

function isWaking({ name, message }: AwsError): boolean {
  return WAKING.has(name) || (name === 'ResourceConflictException' && /\bPending\b/u.test(message));
}

/** AWS rejects an idle function at once: an answer that does not come means that its code runs. */
function isTimeout({ name, nodeCode }: AwsError): boolean {
  return name === 'TimeoutError' && nodeCode === 'ETIMEDOUT';
}

/** A throttled account says so by another reason, and passes by itself. */
function isThrottledByReservation({ name, throttleReason = 'Reserved' }: AwsError): boolean {
  return name === 'TooManyRequestsException' && throttleReason.startsWith('Reserved');
}

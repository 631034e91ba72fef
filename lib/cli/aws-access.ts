import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describeAwsError, parseAwsError } from '../../functions/adapters/aws-errors.ts';
import { type AccountClock, PATIENCE } from './account-clock.ts';
import { checkProfile } from './check-profile.ts';
import { UsageError } from './usage-error.ts';

/** How a command reaches an AWS account: the standard chain of credentials, but for what is named. */
export interface AwsAccess {
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** Where calls go and whose they are, where that is not the environment's to say. */
  readonly account?: AccountSettings | undefined;
  /** What looks at the account's clock; absent where the command does not ask for the time. */
  readonly clock?: AccountClock;
}

/** An account that is reached by itself, as a local one is. */
export interface AccountSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Whoever names a profile means it: the SDK warns at length where the environment has keys too. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** The settings that every client of a command is made with; AWS's own variables say the rest. */
export function clientSettingsOf({ profile, account, clock }: AwsAccess) {
  if (profile !== undefined) checkProfile(profile);
  const { AWS_REGION: own = '', AWS_DEFAULT_REGION: usual = '' } = process.env;
  return {
    // AWS: the SDK warns at length where the environment has keys and names a profile, too.
    logger: SILENT,
    ...(profile === undefined ? {} : { profile }),
    requestHandler: clock?.createRequestHandler() ?? new NodeHttpHandler(PATIENCE),
    // AWS: other tools read this variable, and the JavaScript SDK does not.
    ...(own === '' && usual !== '' ? { region: usual } : {}),
    ...account,
  };
}

/** What AWS calls keys that it does not know, or not any more. */
const REFUSED_CREDENTIALS: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** Says in one line what stopped a call: what the user can set right is a fault of usage. */
export function callFailed(error: unknown, attempt: string): Error {
  const failure = parseAwsError(error);
  if (/^Region (is missing|not accepted)/.test(failure.message)) {
    return new UsageError('no region: set AWS_REGION, or `region` in the profile', {
      cause: error,
    });
  }
  if (failure.name === 'CredentialsProviderError') {
    return new UsageError(`no credentials: ${failure.message}`, { cause: error });
  }
  if (REFUSED_CREDENTIALS.has(failure.name)) {
    return new UsageError(`AWS refuses the credentials: ${describeAwsError(failure)}`, {
      cause: error,
    });
  }
  const { nodeCode } = failure;
  if (nodeCode === 'ERR_INVALID_URL') {
    return new UsageError('`AWS_ENDPOINT_URL`: expected a URL such as `http://127.0.0.1:4599`', {
      cause: error,
    });
  }
  const reason = nodeCode === undefined ? describeAwsError(failure) : `no answer (${nodeCode})`;
  return new Error(`${attempt}: ${reason}`, { cause: error });
}

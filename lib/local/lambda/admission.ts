import type { AwsFault } from '../wire/aws-fault.ts';
import { lambdaFault } from './faults.ts';
import { stateConflict } from './function-guards.ts';
import type { LambdaContext } from './lambda-context.ts';
import { type Deployment, isSnapStarted, type StoredVersion } from './stored-function.ts';
import { restore } from './transitions.ts';

/** Whether a version takes one more invocation now, and with what it serves it. */
export type Admission =
  | { readonly kind: 'admitted'; readonly serving: Deployment }
  /** Reserved concurrency leaves no room. */
  | { readonly kind: 'throttled'; readonly fault: AwsFault }
  /** It may take the invocation later. */
  | { readonly kind: 'not-ready'; readonly fault: AwsFault };

/** Decides on one invocation; an idle version begins to come back, as it does when it is invoked. */
export function admit(context: LambdaContext, version: StoredVersion): Admission {
  const { name, serving, configuration } = version;
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = context.functions.get(name) ?? {};
  if ((context.running.get(name) ?? 0) >= reservedConcurrency) {
    return { kind: 'throttled', fault: throttled() };
  }
  if (configuration.State === 'Inactive') {
    restore(context, version);
    return { kind: 'not-ready', fault: inactive(version) };
  }
  if (configuration.State === 'Active' && serving !== undefined) {
    return { kind: 'admitted', serving };
  }
  return { kind: 'not-ready', fault: notActive(version) };
}

function throttled(): AwsFault {
  return lambdaFault('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}

function notActive({ configuration }: StoredVersion): AwsFault {
  const { State = 'Pending' } = configuration;
  return State === 'Pending' && isSnapStarted(configuration)
    ? snapshotNotReady()
    : stateConflict(State);
}

function snapshotNotReady(): AwsFault {
  return lambdaFault(
    'SnapStartNotReadyException',
    409,
    'Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.',
  );
}

/** AWS: seen in the wild for images; for attached zip functions it is what the documentation says. */
function inactive({ configuration }: StoredVersion): AwsFault {
  if (isSnapStarted(configuration)) return snapshotNotReady();
  if (configuration.PackageType === 'Image') {
    return lambdaFault(
      'CodeArtifactUserPendingException',
      409,
      'Lambda is initializing your function. It will be ready to invoke shortly.',
    );
  }
  return lambdaFault(
    'ResourceNotReadyException',
    502,
    'The function is inactive and its VPC connection is no longer available. Wait for the VPC connection to reestablish and try again.',
  );
}

import type { AwsFault } from '../wire/aws-fault.ts';
import { lambdaFault } from './faults.ts';
import { pendingConflict } from './function-guards.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { Deployment, StoredFunction } from './stored-function.ts';
import { restore } from './transitions.ts';

/** Whether a function takes one more invocation now, and with what it serves it. */
export type Admission =
  | { readonly kind: 'admitted'; readonly serving: Deployment }
  /** Reserved concurrency leaves no room. */
  | { readonly kind: 'throttled'; readonly fault: AwsFault }
  /** It may take the invocation later. */
  | { readonly kind: 'not-ready'; readonly fault: AwsFault };

/** Decides on one invocation; an idle function begins to come back, as it does when it is invoked. */
export function admit(context: LambdaContext, stored: StoredFunction): Admission {
  const { name, reservedConcurrency = Number.POSITIVE_INFINITY, serving, configuration } = stored;
  if ((context.running.get(name) ?? 0) >= reservedConcurrency) {
    return { kind: 'throttled', fault: throttled() };
  }
  if (configuration.State === 'Inactive') {
    restore(context, stored);
    return { kind: 'not-ready', fault: inactive(stored) };
  }
  if (configuration.State !== 'Active' || serving === undefined) {
    return { kind: 'not-ready', fault: pendingConflict() };
  }
  return { kind: 'admitted', serving };
}

function throttled(): AwsFault {
  return lambdaFault('TooManyRequestsException', 429, 'Rate Exceeded.', {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });
}

/** AWS: seen in the wild for images; for attached zip functions it is what the documentation says. */
function inactive({ configuration }: StoredFunction): AwsFault {
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

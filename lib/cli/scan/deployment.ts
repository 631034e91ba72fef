import type { Output } from '@aws-sdk/client-cloudformation';
import { isDenied } from '../../../functions/adapters/aws-errors.ts';
import { type Home, toFunctionArn } from '../../../functions/core/function-name.ts';
import type { AwsAccess } from '../aws-access.ts';
import { DEFAULT_STACK } from '../default-stack.ts';
import { checkPlace, isNoStack, readOutputs, tableIn } from '../find-table.ts';
import type { BlindSpots } from './not-seen.ts';

/** Where somebody says that the guardrail is; where nothing is said it is looked for. */
export interface DeploymentOptions {
  readonly stack?: string | undefined;
  readonly table?: string | undefined;
}

/** What is known of the guardrail that is deployed in the account. */
export interface FoundDeployment {
  readonly tableName?: string;
  /** Of the guardrail's own functions. */
  readonly ownFunctionArns: ReadonlySet<string>;
  readonly policyHash?: string;
}

/** Who looks for it. */
export interface DeploymentSeeker {
  readonly home: Home;
  readonly access: AwsAccess;
  readonly blindSpots: BlindSpots;
}

const NONE: FoundDeployment = { ownFunctionArns: new Set() };
const OWN_FUNCTION = /^(Enforce|Rescan|Sweep|Release)FunctionName$/;

/** Finds the guardrail of an account; there may be none, unless somebody names its stack. */
export async function findDeployment(
  { stack, table }: DeploymentOptions,
  { home, access, blindSpots }: DeploymentSeeker,
): Promise<FoundDeployment> {
  const name = stack ?? DEFAULT_STACK;
  checkPlace({ stack: name, table });
  if (table !== undefined) return { ...NONE, tableName: table };
  try {
    return toDeployment(await readOutputs(name, access), name, home);
  } catch (error) {
    if (stack !== undefined || !(error instanceof Error)) throw error;
    if (isNoStack(error)) return NONE;
    if (!isDenied(error.cause)) throw error;
    blindSpots.note('cloudformation:DescribeStacks', error.message);
    return NONE;
  }
}

function toDeployment(outputs: readonly Output[], stack: string, home: Home): FoundDeployment {
  const own = outputs.flatMap(({ OutputKey = '', OutputValue = '' }) =>
    OWN_FUNCTION.test(OutputKey) ? [toFunctionArn({ name: OutputValue }, home)] : [],
  );
  const hash = outputs.find(({ OutputKey }) => OutputKey === 'PolicyHash')?.OutputValue;
  return {
    tableName: tableIn(outputs, stack),
    ownFunctionArns: new Set(own),
    ...(hash === undefined ? {} : { policyHash: hash }),
  };
}

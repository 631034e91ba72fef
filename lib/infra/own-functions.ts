import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { HandlerName } from '../package/bundle-handlers.ts';

/** The guardrail's own functions by name and ARN, known before they are created. */
export interface OwnFunctions {
  readonly names: Readonly<Record<HandlerName, string>>;
  readonly arns: readonly string[];
}

/** Names the guardrail's own functions, so that their roles can exclude them without a circular reference. */
export function nameOwnFunctions(scope: Construct, name: string): OwnFunctions {
  const names = {
    'enforce-on-change': `${name}-enforce-on-change`,
    'rescan-on-request': `${name}-rescan-on-request`,
    'sweep-on-schedule': `${name}-sweep-on-schedule`,
    'release-on-request': `${name}-release-on-request`,
  };
  return { names, arns: Object.values(names).map((own) => functionArn(scope, own)) };
}

/** Builds the ARN of a function of this account and region; `*` stands for every function. */
export function functionArn(scope: Construct, functionName: string): string {
  return Stack.of(scope).formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: functionName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

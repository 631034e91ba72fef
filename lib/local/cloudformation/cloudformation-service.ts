import type { AccountCore } from '../account-core.ts';
import type { Objects } from '../s3/objects.ts';
import type { Service } from '../wire/operation.ts';
import { describeOperations } from './describe-operations.ts';
import { exportOperations } from './export-operations.ts';
import type { Stacks } from './stack.ts';
import { stackOperations } from './stack-operations.ts';

/** What CloudFormation works with, beside the services that it finds in the account. */
export interface CloudformationDependencies {
  /** Where templates are read from. */
  readonly objects: Objects;
}

/** Creates CloudFormation: it makes each resource by calling its service for whoever asked. */
export function createCloudformationService(
  core: AccountCore,
  { objects }: CloudformationDependencies,
): Service {
  const stacks: Stacks = { core, byId: new Map() };
  return {
    name: 'cloudformation',
    protocol: 'query',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
    denied: { code: 'AccessDenied', status: 403 },
    operations: [
      ...stackOperations(stacks, objects),
      ...describeOperations(stacks, objects),
      ...exportOperations(stacks),
    ],
  };
}

import { AwsFault } from '../wire/aws-fault.ts';
import { findStack, type Stack, type Stacks } from './stack.ts';
import { validationError } from './validation-error.ts';

/** Finds a stack; throws AWS's `ValidationError`. */
export function existingStack(stacks: Stacks, nameOrId: string): Stack {
  const stack = findStack(stacks, nameOrId);
  if (stack !== undefined) return stack;
  throw validationError(`Stack with id ${nameOrId} does not exist`);
}

/** Refuses the name of a stack that exists. */
export function refuseTaken(stacks: Stacks, name: string): void {
  if (findStack(stacks, name) === undefined) return;
  throw new AwsFault(`Stack [${name}] already exists`, {
    code: 'AlreadyExistsException',
    status: 400,
  });
}

/** Refuses to change a stack that is being changed, or that never came to be. */
export function refuseUnlessUpdatable({ id, status }: Stack): void {
  if (UPDATABLE.test(status)) return;
  throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
}

/** Refuses a name that no stack can have. */
export function checkStackName(name: string): void {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name.slice(0, 200)}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}

const UPDATABLE = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/;

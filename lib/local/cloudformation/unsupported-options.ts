import { validationError } from './validation-error.ts';

/** Options that would change what happens, and that the local account would otherwise ignore. */
const UNSUPPORTED = [
  'DeletionMode',
  'DeploymentConfig',
  'DisableRollback',
  'EnableTerminationProtection',
  'NotificationARNs',
  'OnFailure',
  'ResourceTypes',
  'RetainExceptOnCreate',
  'RetainResources',
  'RoleARN',
  'RollbackConfiguration',
  'StackPolicyBody',
  'StackPolicyURL',
  'TimeoutInMinutes',
];

/** Refuses a request with an option that the local account does not know. */
export function refuseUnsupportedOptions(input: object): void {
  const [name] = Object.entries(input)
    .filter(([option, value]) => UNSUPPORTED.includes(option) && !isNothing(value))
    .map(([option]) => option);
  if (name === undefined) return;
  throw validationError(`the local account does not support ${name}`);
}

function isNothing(value: unknown): boolean {
  if (value === 'STANDARD') return true;
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

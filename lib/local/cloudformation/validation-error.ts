import { AwsFault } from '../wire/aws-fault.ts';

/** CloudFormation's answer to everything that is wrong with a request or a template. */
export function validationError(message: string, options: ErrorOptions = {}): AwsFault {
  return new AwsFault(message, { ...options, code: 'ValidationError', status: 400 });
}

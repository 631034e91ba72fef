import { AwsFault } from '../wire/aws-fault.ts';

/** An error of SNS. */
export function snsFault(code: string, message: string, status = 400): AwsFault {
  return new AwsFault(message, { code, status });
}

/** Refuses a parameter. */
export function invalidParameter(what: string): AwsFault {
  return snsFault('InvalidParameter', `Invalid parameter: ${what}`);
}

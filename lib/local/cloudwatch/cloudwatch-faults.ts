import { AwsFault } from '../wire/aws-fault.ts';

/** An error of CloudWatch under both of its names: clients of old read the query protocol's code from a header. */
export function cloudwatchFault(code: string, message: string, queryCode: string = code): AwsFault {
  return new AwsFault(message, { code, status: 400, members: { QueryCode: queryCode } });
}

/** Refuses a request that asks for what cannot be. */
export function validationError(message: string): AwsFault {
  return cloudwatchFault('ValidationException', message, 'ValidationError');
}

import { AwsFault } from '../wire/aws-fault.ts';

/** A parameter that Lambda refuses after it has looked at it. */
export function invalidParameter(message: string): AwsFault {
  return lambdaFault('InvalidParameterValueException', 400, message);
}

/** A member that breaks a constraint of the API's model. */
export function constraintBroken(from: {
  readonly member: string;
  readonly value: unknown;
  readonly constraint: string;
}): AwsFault {
  const value = typeof from.value === 'string' ? from.value : JSON.stringify(from.value);
  return new AwsFault(
    `1 validation error detected: Value '${value}' at '${from.member}' failed to satisfy constraint: ${from.constraint}`,
    { code: 'ValidationException', status: 400 },
  );
}

/** A function, or one of its versions, that does not exist. */
export function functionNotFound(arn: string): AwsFault {
  return notFound(`Function not found: ${arn}`);
}

/** Anything else that does not exist. */
export function notFound(message: string): AwsFault {
  return lambdaFault('ResourceNotFoundException', 404, message);
}

/** A call that the function's present state forbids. */
export function conflict(message: string): AwsFault {
  return lambdaFault('ResourceConflictException', 409, message);
}

/** An error with Lambda's `Type` member: the caller's up to 499, the service's above. */
export function lambdaFault(
  code: string,
  status: number,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): AwsFault {
  return new AwsFault(message, {
    code,
    status,
    members: { Type: status < 500 ? 'User' : 'Server', ...members },
  });
}

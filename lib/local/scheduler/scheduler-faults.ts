import { AwsFault } from '../wire/aws-fault.ts';

/** Something that is not as the service wants it. */
export function invalid(message: string): AwsFault {
  return new AwsFault(message, { code: 'ValidationException', status: 400 });
}

/** A member that breaks a constraint of the API's model. */
export function constraintBroken(member: string, value: unknown, constraint: string): AwsFault {
  return invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A schedule or a group that there is not. */
export function missing(what: string): AwsFault {
  return new AwsFault(`${what} does not exist.`, {
    code: 'ResourceNotFoundException',
    status: 404,
  });
}

/** A name that is taken, or a group that is being deleted. */
export function conflict(message: string): AwsFault {
  return new AwsFault(message, { code: 'ConflictException', status: 409 });
}

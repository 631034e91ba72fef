import { AwsFault } from '../wire/aws-fault.ts';

/** An error of Organizations; some say in one word what is wrong. */
export function organizationsFault(code: string, message: string, reason?: string): AwsFault {
  const members = { Message: message, ...(reason === undefined ? {} : { Reason: reason }) };
  return new AwsFault(message, { code, status: 400, members });
}

/** Refuses a value that this parameter does not take. */
export function invalidInput(reason: string, message: string): AwsFault {
  return organizationsFault('InvalidInputException', message, reason);
}

/** Says which limit a call would break. */
export function constraintViolation(reason: string, message: string): AwsFault {
  return organizationsFault('ConstraintViolationException', message, reason);
}

/** AWS says the first sentence; which element is wrong is what people need. */
export function malformedPolicy(why: string): AwsFault {
  return organizationsFault(
    'MalformedPolicyDocumentException',
    `The provided policy document does not meet the requirements of the specified policy type. ${why}`,
  );
}

/** AWS: whoever is not in the management account may not even look. */
export function notOfManagement(): AwsFault {
  const message = "You don't have permissions to access this resource.";
  return organizationsFault('AccessDeniedException', message);
}

import { AwsFault } from '../wire/aws-fault.ts';

/** An error of IAM. */
export function iamFault(code: string, message: string, status = 400): AwsFault {
  return new AwsFault(message, { code, status });
}

/** Says that something does not exist, such as `user with name ann`. */
export function noSuchEntity(what: string): AwsFault {
  return iamFault('NoSuchEntity', `The ${what} cannot be found.`, 404);
}

/** Says that a managed policy, or what is asked of it, does not exist. */
export function noSuchPolicy(message: string): AwsFault {
  return iamFault('NoSuchEntity', message, 404);
}

/** Says that a name is taken. */
export function alreadyExists(kind: 'User' | 'Role' | 'Policy', name: string): AwsFault {
  const message =
    kind === 'Policy'
      ? `A policy called ${name} already exists. Duplicate names are not allowed.`
      : `${kind} with name ${name} already exists.`;
  return iamFault('EntityAlreadyExists', message, 409);
}

/** AWS says less; which element is wrong is what people need. */
export function malformedPolicy(reason: string): AwsFault {
  return iamFault('MalformedPolicyDocument', `Syntax errors in policy: ${reason}`);
}

/** Says what has to be done first, such as `delete policies`. */
export function deleteConflict(what: string): AwsFault {
  return iamFault('DeleteConflict', `Cannot delete entity, must ${what} first.`, 409);
}

/** Refuses a name that IAM would not take. */
export function checkName(name: string, member: string, longest: number): void {
  if (name.length > longest) {
    throw iamFault(
      'ValidationError',
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
  if (/^[\w+=,.@-]+$/.test(name)) return;
  throw iamFault(
    'ValidationError',
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** Refuses a longest session that a role cannot have. */
export function checkSessionDuration(seconds: number | undefined): void {
  if (seconds === undefined || (seconds >= 3600 && seconds <= 43_200)) return;
  const bound = seconds < 3600 ? 'greater than or equal to 3600' : 'less than or equal to 43200';
  throw iamFault(
    'ValidationError',
    `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

/** Refuses a path that IAM would not take. */
export function checkPath(path: string): void {
  if (path.length <= 512 && /^\/([!-~]+\/)?$/.test(path)) return;
  throw iamFault(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

/** Refuses a permissions boundary: it would have to decide calls. */
export function checkNoBoundary(policyArn: string | undefined): void {
  if (policyArn === undefined) return;
  throw iamFault('ValidationError', 'the local account judges no permissions boundaries');
}

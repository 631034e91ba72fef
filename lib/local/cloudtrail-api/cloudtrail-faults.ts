import { AwsFault } from '../wire/aws-fault.ts';

/** An error of CloudTrail. */
export function cloudtrailFault(code: string, message: string): AwsFault {
  return new AwsFault(message, { code, status: 400 });
}

/** Says that there is no such trail. */
export function trailNotFound(name: string, accountId: string): AwsFault {
  return cloudtrailFault(
    'TrailNotFoundException',
    `Unknown trail: ${name} for the user: ${accountId}`,
  );
}

/** Refuses a setting that the local account would have to ignore. */
export function notOffered(what: string): AwsFault {
  return cloudtrailFault('UnsupportedOperationException', `the local account has no ${what}`);
}

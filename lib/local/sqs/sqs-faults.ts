import { AwsFault } from '../wire/aws-fault.ts';

/**
 * An error of SQS under both of its names.
 *
 * AWS: old clients read the query protocol's code from a header, new ones the JSON protocol's name.
 */
export function sqsFault(
  code: string,
  message: string,
  {
    queryCode = code,
    status = 400,
  }: { readonly queryCode?: string; readonly status?: number } = {},
): AwsFault {
  return new AwsFault(message, { code, status, members: { QueryCode: queryCode } });
}

/** Says that there is no such queue. */
export function queueMissing(): AwsFault {
  return sqsFault('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });
}

/** Refuses the value of a parameter, and says why. */
export function badParameter(name: string, value: unknown, reason: string): AwsFault {
  return sqsFault(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`,
  );
}

/** Refuses a number that is out of its bounds. */
export function checkBounds(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw badParameter(name, value, `Must be >= ${least} and <= ${most}, if provided.`);
}

import { AwsFault } from '../wire/aws-fault.ts';

/** An error of EventBridge. */
export function eventsFault(code: string, message: string): AwsFault {
  return new AwsFault(message, { code, status: 400 });
}

/** Refuses a request for a reason. */
export function invalid(message: string): AwsFault {
  return eventsFault('ValidationException', message);
}

/** Says that there is no such rule. */
export function ruleMissing(name: string): AwsFault {
  return eventsFault(
    'ResourceNotFoundException',
    `Rule ${name} does not exist on EventBus default.`,
  );
}

/** Refuses one more rule or target than there may be. */
export function tooMany(): AwsFault {
  return eventsFault(
    'LimitExceededException',
    'The requested resource exceeds the maximum number allowed.',
  );
}

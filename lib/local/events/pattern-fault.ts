import { AwsFault } from '../wire/aws-fault.ts';

/** Says what is wrong with an event pattern. */
export function patternFault(reason: string): AwsFault {
  return new AwsFault(`Event pattern is not valid. Reason: ${reason}`, {
    code: 'InvalidEventPatternException',
    status: 400,
  });
}

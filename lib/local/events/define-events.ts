import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { checkBus } from './bus-name.ts';
import type { EventBus } from './event-bus.ts';

/** What every request on rules may name. */
interface OnBus {
  readonly EventBusName?: string | undefined;
}

interface Definition<Input, Output> {
  readonly ruleOf: (input: Input) => string;
  readonly handle: (input: Input) => Output;
}

/** The ARN of a rule that may not exist. */
export function ruleArnOf(bus: EventBus, name: string): string {
  return bus.arn.replace('event-bus/default', `rule/${name}`);
}

/** Binds an operation on one rule of the default bus. */
export function defineRead<Input extends OnBus, Output>(
  schema: StaticOperationSchema,
  bus: EventBus,
  { ruleOf, handle }: Definition<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    needs: (input) => [{ action: `events:${schema[2]}`, resource: ruleArnOf(bus, ruleOf(input)) }],
    handle: (input) => {
      checkBus(bus, input.EventBusName);
      return handle(input);
    },
  });
}

/** Binds an operation that changes one rule, and is recorded. */
export function defineWrite<Input extends OnBus, Output>(
  schema: StaticOperationSchema,
  bus: EventBus,
  definition: Definition<Input, Output>,
): Operation {
  return {
    ...defineRead(schema, bus, definition),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: (output) =>
        Object.keys(Object(output)).length === 0 ? null : toTrailShape(output),
    }),
  };
}

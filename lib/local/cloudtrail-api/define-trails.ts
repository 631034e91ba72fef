import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import { type Call, type Operation, operation } from '../wire/operation.ts';
import { type Trails, trailArnOf } from './trails.ts';

/** What an operation on one trail does. */
interface Definition<Input, Output> {
  /** The name or ARN that is asked for. */
  readonly on: (input: Input) => string;
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that reads one trail, or all of them as `*`. */
export function defineRead<Input, Output>(
  schema: StaticOperationSchema,
  trails: Trails,
  { on, handle }: Definition<Input, Output>,
): Operation {
  const toResource = (asked: string) => (asked === '*' ? asked : trailArnOf(trails, asked));
  return operation<Input, Output>(schema, {
    needs: (input) => [{ action: `cloudtrail:${schema[2]}`, resource: toResource(on(input)) }],
    handle,
  });
}

/** Binds an operation that changes one trail, and is recorded itself. */
export function defineWrite<Input, Output>(
  schema: StaticOperationSchema,
  trails: Trails,
  definition: Definition<Input, Output>,
): Operation {
  return {
    ...defineRead(schema, trails, definition),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: (output) =>
        Object.keys(Object(output)).length === 0 ? null : toTrailShape(output),
    }),
  };
}

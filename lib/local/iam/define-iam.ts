import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import type { Principals } from '../identity/principals.ts';
import { type Call, type Operation, operation } from '../wire/operation.ts';
import { type PrincipalKind, principalArn } from './find-principal.ts';

/** What an operation on one user or role does, and on which one. */
interface Definition<Input, Output> {
  readonly on: (input: Input, call: Call) => readonly [PrincipalKind, string | undefined];
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that reads; it needs its own action on the user or role that it names. */
export function defineRead<Input, Output>(
  schema: StaticOperationSchema,
  principals: Principals,
  { on, handle }: Definition<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    needs: (input, call) => [
      { action: `iam:${schema[2]}`, resource: principalArn(principals, ...on(input, call)) },
    ],
    handle,
  });
}

/** Binds an operation that changes something, and is recorded. */
export function defineWrite<Input, Output>(
  schema: StaticOperationSchema,
  principals: Principals,
  definition: Definition<Input, Output>,
): Operation {
  return {
    ...defineRead(schema, principals, definition),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: (output) => toRecorded(output),
    }),
  };
}

/** CloudTrail says null where a call answers nothing, and never holds a secret. */
function toRecorded(output: unknown): unknown {
  const shape = toTrailShape(output);
  const text = JSON.stringify(shape, (name, held: unknown) =>
    name === 'secretAccessKey' ? undefined : held,
  );
  return text === '{}' ? null : (JSON.parse(text) as unknown);
}

import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import type { Principals } from '../identity/principals.ts';
import { type Call, type Need, type Operation, operation } from '../wire/operation.ts';
import { type PrincipalKind, principalArn } from './find-principal.ts';

/** What an operation is judged on: the resource, and what IAM knows of the request beside it. */
type Target = Pick<Need, 'resource' | 'context'>;

/** What an operation does, and on what. */
interface TargetDefinition<Input, Output> {
  readonly target: (input: Input, call: Call) => Target;
  readonly handle: (input: Input, call: Call) => Output;
}

/** What an operation on one user or role does, and on which one. */
interface Definition<Input, Output> {
  readonly on: (input: Input, call: Call) => readonly [PrincipalKind, string | undefined];
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that reads; it needs its own action on its target. */
export function defineReadOn<Input, Output>(
  schema: StaticOperationSchema,
  { target, handle }: TargetDefinition<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    needs: (input, call) => [{ action: `iam:${schema[2]}`, ...target(input, call) }],
    handle,
  });
}

/** Binds an operation that changes something, and is recorded. */
export function defineWriteOn<Input, Output>(
  schema: StaticOperationSchema,
  definition: TargetDefinition<Input, Output>,
): Operation {
  return {
    ...defineReadOn(schema, definition),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: (output) => toRecorded(output),
    }),
  };
}

/** Binds an operation that reads from one user or role. */
export function defineRead<Input, Output>(
  schema: StaticOperationSchema,
  principals: Principals,
  definition: Definition<Input, Output>,
): Operation {
  return defineReadOn(schema, toTargetDefinition(principals, definition));
}

/** Binds an operation that changes one user or role, and is recorded. */
export function defineWrite<Input, Output>(
  schema: StaticOperationSchema,
  principals: Principals,
  definition: Definition<Input, Output>,
): Operation {
  return defineWriteOn(schema, toTargetDefinition(principals, definition));
}

function toTargetDefinition<Input, Output>(
  principals: Principals,
  { on, handle }: Definition<Input, Output>,
): TargetDefinition<Input, Output> {
  return {
    target: (input, call) => ({ resource: principalArn(principals, ...on(input, call)) }),
    handle,
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

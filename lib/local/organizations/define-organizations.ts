import type { StaticOperationSchema } from '@smithy/types';
import type { AccountCore } from '../account-core.ts';
import { toTrailShape } from '../cloudtrail.ts';
import { isOperator } from '../identity/judge-call.ts';
import { findPrincipal } from '../identity/principals.ts';
import { type Call, type Operation, operation } from '../wire/operation.ts';
import { notOfManagement } from './organizations-faults.ts';

/** What an operation does, and on what. */
interface Definition<Input, Output> {
  /** The ARNs that IAM judges; `*` where nothing is said. */
  readonly on?: (input: Input) => readonly string[];
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that reads, for the management account only. */
export function defineRead<Input, Output>(
  core: AccountCore,
  schema: StaticOperationSchema,
  { on = () => ['*'], handle }: Definition<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    needs: (input) =>
      on(input).map((resource) => ({ action: `organizations:${schema[2]}`, resource })),
    handle: (input, call) => {
      const principal = findPrincipal(core.principals, call.caller);
      if (!isOperator(core.principals, principal)) throw notOfManagement();
      return handle(input, call);
    },
  });
}

/** Binds an operation that changes something, for the management account only, and is recorded. */
export function defineWrite<Input, Output>(
  core: AccountCore,
  schema: StaticOperationSchema,
  definition: Definition<Input, Output>,
): Operation {
  return {
    ...defineRead(core, schema, definition),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: (output) => {
        const shape = toTrailShape(output);
        return JSON.stringify(shape) === '{}' ? null : shape;
      },
    }),
  };
}

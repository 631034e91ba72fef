import { randomBytes } from 'node:crypto';
import { NormalizedSchema } from '@smithy/core/schema';
import { type AccountCore, callService } from '../account-core.ts';
import type { Caller } from '../identity/caller.ts';
import { checkShape } from '../wire/check-shape.ts';
import { checkRequired } from '../wire/required.ts';
import { coerce } from './coerce.ts';
import type { ResourceWork } from './resource-type.ts';
import type { Referable } from './scope.ts';
import type { Stack, Stacks } from './stack.ts';
import type { Pause } from './stack-work.ts';

/** One piece of work on a stack, for one caller. */
export interface Run {
  readonly stacks: Stacks;
  readonly stack: Stack;
  /** Whoever asked, marked as served by CloudFormation. */
  readonly caller: Caller;
  readonly pause: Pause;
}

/** Equips a resource type to work on one resource of a stack. */
export function createWork(
  { stacks: { core }, stack, caller, pause }: Run,
  logicalId: string,
  exists: (made: Referable) => void,
): ResourceWork {
  return {
    accountId: core.accountId,
    region: core.region,
    stackName: stack.name,
    call: <Output extends object>(service: string, operation: string, input: object) =>
      call(core, caller, { service, operation, input }) as Promise<Output>,
    newName: (maxLength) => {
      const prefix = `${stack.name}-${logicalId}`.slice(0, maxLength - 13);
      return `${prefix}-${randomText(12)}`;
    },
    exists,
    pause,
  };
}

async function call(
  core: AccountCore,
  caller: Caller,
  wanted: { readonly service: string; readonly operation: string; readonly input: object },
): Promise<object> {
  const service = core.services.get(wanted.service);
  const operation = service?.operations.find(({ name }) => name === wanted.operation);
  if (service === undefined || operation === undefined) return callService(core, caller, wanted);
  const schema = NormalizedSchema.of(operation.schema[4]);
  const input = Object.fromEntries(
    Object.entries(Object(coerce(schema, withoutAbsent(wanted.input)))),
  );
  checkShape(schema, input);
  checkRequired(operation, input, service.protocol);
  return callService(core, caller, { ...wanted, input });
}

function withoutAbsent(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function randomText(length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789';
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');
}

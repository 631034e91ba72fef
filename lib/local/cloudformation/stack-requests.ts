import { randomUUID } from 'node:crypto';
import type { OperationType } from '@aws-sdk/client-cloudformation';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Stack, StackOperation, Stacks } from './stack.ts';

/** How every request to change a stack names what it is about, and itself. */
interface StackRequest {
  readonly StackName: string;
  readonly ClientRequestToken?: string | undefined;
}

/** Starts the entry of a change that somebody asks for. */
export function newOperation(
  type: OperationType,
  { ClientRequestToken: token }: Pick<StackRequest, 'ClientRequestToken'>,
): StackOperation {
  return { id: randomUUID(), type, ...(token === undefined ? {} : { token }) };
}

/**
 * Finds what a request did when it was sent before; refuses the token of another request.
 *
 * AWS: a request that is sent again with its token is answered again, and not done again.
 */
export function findRepeated(
  { byId }: Stacks,
  type: OperationType,
  { StackName, ClientRequestToken: token }: StackRequest,
): { readonly StackId: string; readonly OperationId: string } | undefined {
  if (token === undefined) return undefined;
  for (const stack of byId.values()) {
    const held = operationsOf(stack).find((operation) => operation.token === token);
    if (held === undefined) continue;
    const isSame = held.type === type && (stack.name === StackName || stack.id === StackName);
    if (isSame) return { StackId: stack.id, OperationId: held.id };
    throw new AwsFault(`A client request token already exists: ${token}`, {
      code: 'TokenAlreadyExistsException',
      status: 400,
    });
  }
  return undefined;
}

function operationsOf({ lastOperation, events }: Stack): readonly StackOperation[] {
  return [lastOperation, ...events.map(({ operation }) => operation)];
}

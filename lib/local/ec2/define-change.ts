import { randomBytes } from 'node:crypto';
import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { StaticOperationSchema } from '@smithy/types';
import { type Call, type Need, type Operation, operation } from '../wire/operation.ts';
import { ec2Fault } from './ec2-faults.ts';
import type { Tags } from './network.ts';
import {
  toItemsRequest,
  toRequestParameters,
  toResponseElements,
  toWrappedRequest,
  toWrappedResponse,
} from './trail-shapes.ts';

interface Change<Input, Output> {
  readonly needs: (input: Input) => readonly Need[];
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that changes the network: it is recorded, and a dry run of it changes nothing. */
export function defineChange<Input extends object, Output>(
  schema: StaticOperationSchema,
  change: Change<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    ...withDryRun(change),
    trail: (input) => ({
      eventName: schema[2],
      request: toRequestParameters(input),
      response: (output) => toResponseElements(schema, output),
    }),
  });
}

/** Binds an operation that changes the rules of a security group: CloudTrail spells their lists as the wire does. */
export function defineRuleChange<Input extends object, Output>(
  schema: StaticOperationSchema,
  change: Change<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    ...withDryRun(change),
    trail: (input) => ({
      eventName: schema[2],
      request: toItemsRequest(schema, input),
      response: (output) => toResponseElements(schema, output),
    }),
  });
}

/**
 * Binds an operation that changes the network, of the generation that CloudTrail records in wrapped form.
 *
 * AWS: NAT gateways, VPC endpoints, egress-only and transit gateways are recorded as
 * `{"CreateNatGatewayRequest": {"SubnetId": …}}`, in the names of the wire.
 */
export function defineWrappedChange<Input extends object, Output>(
  schema: StaticOperationSchema,
  change: Change<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    ...withDryRun(change),
    trail: (input) => ({
      eventName: schema[2],
      request: toWrappedRequest(schema, input),
      response: (output) => toWrappedResponse(schema, output),
    }),
  });
}

function withDryRun<Input extends object, Output>({
  needs,
  handle,
}: Change<Input, Output>): Change<Input, Output> {
  return {
    needs,
    handle: (input, call) => {
      checkDryRun(input);
      return handle(input, call);
    },
  };
}

/** AWS: a dry run is refused in the end, by an error that says that the call would have succeeded. */
export function checkDryRun(input: object): void {
  if (!('DryRun' in input) || input.DryRun !== true) return;
  const message = 'Request would have succeeded, but DryRun flag is set.';
  throw ec2Fault('DryRunOperation', message, 412);
}

/** Makes an id such as AWS gives: a prefix and seventeen hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`;
}

/** AWS: the token of a request is told again where there was one. */
export function toToken(token: string | undefined): { readonly ClientToken?: string } {
  return token === undefined ? {} : { ClientToken: token };
}

/** The name and the other tags that a new thing gets. */
export function readTags(specifications: readonly TagSpecification[] | undefined): {
  readonly name: string;
  readonly tags: Tags;
} {
  const pairs = (specifications ?? []).flatMap(({ Tags: tags = [] }) =>
    tags.map(({ Key = '', Value = '' }) => [Key, Value] as const),
  );
  const { Name = '', ...tags } = Object.fromEntries(pairs);
  return { name: Name, tags };
}

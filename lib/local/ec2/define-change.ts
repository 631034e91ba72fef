import { randomBytes } from 'node:crypto';
import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import { type Call, type Need, type Operation, operation } from '../wire/operation.ts';
import { ec2Fault } from './ec2-faults.ts';
import type { Tags } from './network.ts';

interface Change<Input, Output> {
  readonly needs: (input: Input) => readonly Need[];
  readonly handle: (input: Input, call: Call) => Output;
}

/** Binds an operation that changes the network: it is recorded, and a dry run of it changes nothing. */
export function defineChange<Input extends { readonly DryRun?: boolean | undefined }, Output>(
  schema: StaticOperationSchema,
  { needs, handle }: Change<Input, Output>,
): Operation {
  return operation<Input, Output>(schema, {
    needs,
    handle: (input, call) => {
      if (input.DryRun === true) {
        const message = 'Request would have succeeded, but DryRun flag is set.';
        throw ec2Fault('DryRunOperation', message, 412);
      }
      return handle(input, call);
    },
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: toTrailShape,
    }),
  });
}

/** Makes an id such as AWS gives: a prefix and seventeen hexadecimal digits. */
export function newId(prefix: string): string {
  return `${prefix}-0${randomBytes(8).toString('hex')}`;
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

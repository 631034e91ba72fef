import {
  ListTagsOfResource$,
  type ListTagsOfResourceInput,
  TagResource$,
  type TagResourceInput,
  UntagResource$,
  type UntagResourceInput,
} from '@aws-sdk/client-dynamodb';
import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';
import { type Operation, operation } from '../wire/operation.ts';
import type { Tables } from './tables.ts';

interface OnResource {
  readonly ResourceArn: string | undefined;
}

/** The operations on a table's tags. */
export function tagOperations(tables: Tables): readonly Operation[] {
  return [
    operation<ListTagsOfResourceInput, object>(ListTagsOfResource$, {
      needs: needsOn('ListTagsOfResource'),
      handle: (input) => tables.engine(ListTagsOfResource$, input),
    }),
    tagMutation<TagResourceInput>(tables, TagResource$),
    tagMutation<UntagResourceInput>(tables, UntagResource$),
  ];
}

function tagMutation<Input extends OnResource>(
  tables: Tables,
  schema: StaticOperationSchema,
): Operation {
  return operation<Input, object>(schema, {
    needs: needsOn(schema[2]),
    handle: (input) => tables.engine(schema, input),
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: () => null,
    }),
  });
}

function needsOn(name: string) {
  return ({ ResourceArn = '' }: OnResource) => [
    { action: `dynamodb:${name}`, resource: ResourceArn },
  ];
}

import {
  ListTags$,
  type ListTagsRequest,
  type ListTagsResponse,
  TagResource$,
  type TagResourceRequest,
  UntagResource$,
  type UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { checkNoUpdate } from './function-guards.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';

/** TagResource, UntagResource and ListTags: on functions only. */
export function taggingOperations(context: LambdaContext): readonly Operation[] {
  return [tagResource(context), untagResource(context), listTags(context)];
}

function tagResource(context: LambdaContext): Operation {
  return operation<TagResourceRequest, object>(TagResource$, {
    needs: ({ Resource }) => [functionNeed(context, 'TagResource', { FunctionName: Resource })],
    handle: ({ Resource, Tags }) => {
      const stored = findFunction(context, Resource);
      checkNoUpdate(stored);
      context.functions.set(stored.name, { ...stored, tags: { ...stored.tags, ...Tags } });
      return {};
    },
    trail: (input) => lambdaTrail('TagResource', input),
  });
}

function untagResource(context: LambdaContext): Operation {
  return operation<UntagResourceRequest, object>(UntagResource$, {
    needs: ({ Resource }) => [functionNeed(context, 'UntagResource', { FunctionName: Resource })],
    handle: ({ Resource, TagKeys = [] }) => {
      const stored = findFunction(context, Resource);
      const kept = Object.entries(stored.tags).filter(([key]) => !TagKeys.includes(key));
      context.functions.set(stored.name, { ...stored, tags: Object.fromEntries(kept) });
      return {};
    },
    trail: (input) => lambdaTrail('UntagResource', input),
  });
}

function listTags(context: LambdaContext): Operation {
  return operation<ListTagsRequest, ListTagsResponse>(ListTags$, {
    needs: ({ Resource }) => [functionNeed(context, 'ListTags', { FunctionName: Resource })],
    handle: ({ Resource }) => ({ Tags: { ...findFunction(context, Resource).tags } }),
  });
}

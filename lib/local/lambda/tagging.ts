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
import { constraintBroken, invalidParameter } from './faults.ts';
import { checkNoUpdate } from './function-guards.ts';
import { findFunction, type LambdaContext, nameOf } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import type { StoredFunction } from './stored-function.ts';
import { renewRevision } from './transitions.ts';

/** TagResource, UntagResource and ListTags: on functions only. */
export function taggingOperations(context: LambdaContext): readonly Operation[] {
  return [tagResource(context), untagResource(context), listTags(context)];
}

function tagResource(context: LambdaContext): Operation {
  return operation<TagResourceRequest, object>(TagResource$, {
    needs: ({ Resource }) => [functionNeed(context, 'TagResource', { FunctionName: Resource })],
    handle: ({ Resource, Tags }) => {
      const stored = findTagged(context, Resource);
      checkNoUpdate(stored);
      putTags(context, stored, { ...stored.tags, ...Tags });
      return {};
    },
    trail: (input) => lambdaTrail('TagResource', input),
  });
}

function untagResource(context: LambdaContext): Operation {
  return operation<UntagResourceRequest, object>(UntagResource$, {
    needs: ({ Resource }) => [functionNeed(context, 'UntagResource', { FunctionName: Resource })],
    handle: ({ Resource, TagKeys = [] }) => {
      const stored = findTagged(context, Resource);
      const kept = Object.entries(stored.tags).filter(([key]) => !TagKeys.includes(key));
      putTags(context, stored, Object.fromEntries(kept));
      return {};
    },
    trail: (input) => lambdaTrail('UntagResource', input),
  });
}

function listTags(context: LambdaContext): Operation {
  return operation<ListTagsRequest, ListTagsResponse>(ListTags$, {
    needs: ({ Resource }) => [functionNeed(context, 'ListTags', { FunctionName: Resource })],
    handle: ({ Resource }) => ({ Tags: { ...findTagged(context, Resource).tags } }),
  });
}

/** AWS: tags renew the revision; what is being made or changed keeps the one that it is known by. */
function putTags(context: LambdaContext, stored: StoredFunction, tags: StoredFunction['tags']) {
  const tagged = { ...stored, tags };
  context.functions.set(stored.name, tagged);
  const { State, LastUpdateStatus } = stored.configuration;
  if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') renewRevision(context, tagged);
}

/** Unlike other calls, these take no name, and tags belong to the function as a whole. */
function findTagged(context: LambdaContext, resource: string | undefined): StoredFunction {
  if (resource?.startsWith('arn:') !== true) {
    const constraint = 'Member must be the ARN of a function';
    throw constraintBroken({ member: 'resource', value: resource ?? 'null', constraint });
  }
  if (nameOf(context, resource).qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify either a function name or an unqualified function ARN.',
    );
  }
  return findFunction(context, resource);
}

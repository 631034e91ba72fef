import { isEqual, type JsonObject } from '../json-value.ts';
import type { ResourceWork } from '../resource-type.ts';
import { tagsOf } from './tags.ts';

const POLL_EVERY_MS = 2000;

interface Change {
  readonly now: JsonObject;
  readonly before: JsonObject;
}

/** Waits in virtual time until a function can be changed: it is made, and no update is in progress. */
export async function untilReady(work: ResourceWork, name: string): Promise<void> {
  for (;;) {
    const { State, LastUpdateStatus } = await work.call<{
      State?: string;
      LastUpdateStatus?: string;
    }>('lambda', 'GetFunctionConfiguration', { FunctionName: name });
    if (State !== 'Pending' && LastUpdateStatus !== 'InProgress') return;
    await work.pause(POLL_EVERY_MS);
  }
}

/** Reserves concurrency for a function, or takes the reservation back. */
export async function applyConcurrency(
  work: ResourceWork,
  name: string,
  { now, before }: Change,
): Promise<void> {
  const { ReservedConcurrentExecutions } = now;
  if (ReservedConcurrentExecutions === before['ReservedConcurrentExecutions']) return;
  if (ReservedConcurrentExecutions === undefined) {
    await work.call('lambda', 'DeleteFunctionConcurrency', { FunctionName: name });
    return;
  }
  await work.call('lambda', 'PutFunctionConcurrency', {
    FunctionName: name,
    ReservedConcurrentExecutions,
  });
}

/** Gives a function the tags that a template names, and takes those that it named before. */
export async function applyTags(
  work: ResourceWork,
  functionArn: string,
  { now, before }: Change,
): Promise<void> {
  const [tags, oldTags] = [tagsOf(now), tagsOf(before)];
  if (isEqual(tags, oldTags)) return;
  const TagKeys = Object.keys(oldTags).filter((key) => !(key in tags));
  if (TagKeys.length > 0) {
    await work.call('lambda', 'UntagResource', { Resource: functionArn, TagKeys });
  }
  if (Object.keys(tags).length === 0) return;
  await untilReady(work, functionArn);
  await work.call('lambda', 'TagResource', { Resource: functionArn, Tags: tags });
}

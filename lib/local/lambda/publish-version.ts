import { randomUUID } from 'node:crypto';
import { PublishVersion$, type PublishVersionRequest } from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { invalidParameter } from './faults.ts';
import { checkChangeable, checkRevision } from './function-guards.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import {
  type Configuration,
  isAttached,
  type StoredFunction,
  type StoredVersion,
} from './stored-function.ts';
import { completeAfter, renewRevision } from './transitions.ts';
import { CREATING, toCompleted } from './version-states.ts';

/** PublishVersion. */
export function publishVersionOperation(context: LambdaContext): Operation {
  return operation<PublishVersionRequest, Configuration>(PublishVersion$, {
    needs: ({ FunctionName }) => [functionNeed(context, 'PublishVersion', { FunctionName })],
    handle: ({ FunctionName, CodeSha256, Description, RevisionId, PublishTo }) => {
      checkPublishTo(PublishTo);
      const stored = findFunction(context, FunctionName);
      checkChangeable(context, stored);
      checkRevision(stored.configuration.RevisionId, RevisionId);
      checkCode(stored, CodeSha256);
      const waitMs = context.interfaces.prepare(stored.configuration.VpcConfig);
      const published = publish(context, stored, { description: Description, waitMs });
      const isNew = !stored.versions.has(published.Version);
      if (isNew) renewRevision(context, stored);
      return published;
    },
    trail: (input) => lambdaTrail('PublishVersion', input),
  });
}

/**
 * Makes a version of what `$LATEST` is now, and answers it; answers the last version where it is the same.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export function publish(
  context: LambdaContext,
  stored: StoredFunction,
  { description, waitMs }: { readonly description?: string | undefined; readonly waitMs: number },
): Configuration {
  const contents = contentsOf(stored);
  const { number: last = 0, contents: lastContents } = stored.lastPublished ?? {};
  const same = contents === lastContents ? stored.versions.get(`${last}`) : undefined;
  if (same !== undefined) return same.configuration;
  context.codeStorage.checkRoom(stored.code.bytes.length);
  const number = last + 1;
  const usedAtMs = context.core.clock.nowMs();
  const isReady = needsNothing(stored);
  const made = toVersion({ ...stored, usedAtMs }, `${number}`, description);
  const version = isReady ? toReady(made) : made;
  context.functions.set(stored.name, {
    ...stored,
    versions: new Map(stored.versions).set(`${number}`, version),
    lastPublished: { number, contents },
  });
  if (!isReady) completeAfter(context, version, { waitMs, wakes: true });
  return version.configuration;
}

/** AWS: a version that needs nothing made for it is active at once where its function is. */
function needsNothing({ configuration, serving }: StoredFunction): boolean {
  const { State, LastUpdateStatus, PackageType, SnapStart } = configuration;
  return (
    State === 'Active' &&
    LastUpdateStatus === 'Successful' &&
    PackageType === 'Zip' &&
    SnapStart?.ApplyOn === 'None' &&
    !isAttached(configuration) &&
    serving !== undefined
  );
}

/** Refuses what only functions on managed instances know, rather than to pretend. */
export function checkPublishTo(target: string | undefined): void {
  if (target === undefined) return;
  throw invalidParameter('the local account publishes to numbered versions only');
}

/** AWS: a version that is being made has the state of a new function, and no status of an update. */
function toVersion(
  { name, arn, code, usedAtMs, configuration }: StoredFunction,
  version: string,
  description = configuration.Description ?? '',
): StoredVersion {
  const { SnapStart } = configuration;
  return {
    name,
    arn,
    code,
    usedAtMs,
    configuration: {
      ...settingsOf(configuration),
      FunctionArn: `${arn}:${version}`,
      Version: version,
      Description: description,
      RevisionId: randomUUID(),
      ...(SnapStart?.ApplyOn === 'PublishedVersions'
        ? { SnapStart: { ...SnapStart, OptimizationStatus: 'On' } }
        : {}),
      ...CREATING,
    },
  };
}

function toReady(version: StoredVersion): StoredVersion {
  const configuration = toCompleted(version.configuration, true);
  return { ...version, configuration, serving: { configuration, code: version.code } };
}

/** What makes two versions the same: code and settings, but not when they were written. */
function contentsOf({ configuration }: StoredFunction): string {
  const { LastModified: _time, RevisionId: _revision, ...rest } = settingsOf(configuration);
  return JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function settingsOf(configuration: Configuration): Configuration {
  const {
    State: _state,
    StateReason: _stateReason,
    StateReasonCode: _stateReasonCode,
    LastUpdateStatus: _status,
    LastUpdateStatusReason: _statusReason,
    LastUpdateStatusReasonCode: _statusReasonCode,
    ...settings
  } = configuration;
  return settings;
}

/** AWS: not a failed precondition, but a parameter that is not valid. */
function checkCode({ code }: StoredFunction, sha256: string | undefined): void {
  if (sha256 === undefined || sha256 === code.sha256) return;
  throw invalidParameter(
    `CodeSHA256 (${sha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}

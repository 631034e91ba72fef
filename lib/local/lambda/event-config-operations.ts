import {
  DeleteFunctionEventInvokeConfig$,
  type DeleteFunctionEventInvokeConfigRequest,
  type FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfig$,
  type GetFunctionEventInvokeConfigRequest,
  ListFunctionEventInvokeConfigs$,
  type ListFunctionEventInvokeConfigsRequest,
  type ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfig$,
  type PutFunctionEventInvokeConfigRequest,
  UpdateFunctionEventInvokeConfig$,
  type UpdateFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { readEventSettings } from './event-config-request.ts';
import { notFound } from './faults.ts';
import { findVersion } from './find-version.ts';
import type { LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { lambdaTrail } from './lambda-trail.ts';
import { pageOf } from './pages.ts';
import {
  describeEventConfig,
  type EventSettings,
  eventKey,
  findEventConfig,
  readEventTarget,
  type StoredEventConfig,
} from './stored-event-config.ts';
import type { StoredVersion } from './stored-function.ts';

/** The operations on how Lambda treats asynchronous events. */
export function eventConfigOperations(context: LambdaContext): readonly Operation[] {
  return [
    putConfig(context),
    updateConfig(context),
    getConfig(context),
    deleteConfig(context),
    listConfigs(context),
  ];
}

/** Overwrites everything that was set before. */
function putConfig(context: LambdaContext): Operation {
  return operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(
    PutFunctionEventInvokeConfig$,
    {
      needs: (input) => [functionNeed(context, 'PutFunctionEventInvokeConfig', nameIn(input))],
      handle: (input, { nowMs }) => {
        const settings = readEventSettings(context, findConfigured(context, input), input);
        return store(context, { ...readEventTarget(context, input), settings, nowMs });
      },
      trail: (input) => lambdaTrail('PutFunctionEventInvokeConfig', input),
    },
  );
}

/** Keeps what the request does not name. */
function updateConfig(context: LambdaContext): Operation {
  return operation<UpdateFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(
    UpdateFunctionEventInvokeConfig$,
    {
      needs: (input) => [functionNeed(context, 'UpdateFunctionEventInvokeConfig', nameIn(input))],
      handle: (input, { nowMs }) => {
        const version = findConfigured(context, input);
        const target = readEventTarget(context, input);
        const held = findEventConfig(context, target).settings;
        const named = readEventSettings(context, version, input);
        const { onSuccess: _success, onFailure: _failure, ...others } = held;
        const kept = input.DestinationConfig === undefined ? held : others;
        return store(context, { ...target, settings: { ...kept, ...named }, nowMs });
      },
      trail: (input) => lambdaTrail('UpdateFunctionEventInvokeConfig', input),
    },
  );
}

function getConfig(context: LambdaContext): Operation {
  return operation<GetFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(
    GetFunctionEventInvokeConfig$,
    {
      needs: (input) => [functionNeed(context, 'GetFunctionEventInvokeConfig', nameIn(input))],
      handle: (input) =>
        describeEventConfig(findEventConfig(context, readEventTarget(context, input))),
    },
  );
}

function deleteConfig(context: LambdaContext): Operation {
  return operation<DeleteFunctionEventInvokeConfigRequest, object>(
    DeleteFunctionEventInvokeConfig$,
    {
      needs: (input) => [functionNeed(context, 'DeleteFunctionEventInvokeConfig', nameIn(input))],
      handle: (input) => {
        const config = findEventConfig(context, readEventTarget(context, input));
        context.eventConfigs.delete(eventKey(config));
        return {};
      },
      trail: (input) => lambdaTrail('DeleteFunctionEventInvokeConfig', input),
    },
  );
}

function listConfigs(context: LambdaContext): Operation {
  return operation<ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse>(
    ListFunctionEventInvokeConfigs$,
    {
      needs: (input) => [functionNeed(context, 'ListFunctionEventInvokeConfigs', nameIn(input))],
      handle: ({ FunctionName, Marker, MaxItems }) => {
        const { name } = findConfigured(context, { FunctionName });
        const { items, nextMarker } = pageOf<StoredEventConfig>(
          [...context.eventConfigs.values()].filter(({ functionName }) => functionName === name),
          { keyOf: ({ qualifier }) => qualifier, marker: Marker, size: MaxItems, maxSize: 50 },
        );
        return {
          FunctionEventInvokeConfigs: items.map(describeEventConfig),
          ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
        };
      },
    },
  );
}

interface Named {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
}

function nameIn({ FunctionName, Qualifier }: Named) {
  return { FunctionName, Qualifier };
}

/** The version that is to be configured; AWS has words of its own for one that does not exist. */
function findConfigured(context: LambdaContext, named: Named): StoredVersion {
  const { functionName, qualifier } = readEventTarget(context, named);
  const stored = context.functions.get(functionName);
  const exists =
    stored !== undefined &&
    (qualifier === '$LATEST' || stored.versions.has(qualifier) || stored.aliases.has(qualifier));
  if (!exists) throw notFound("The function doesn't exist.");
  return findVersion(context, named).version;
}

function store(
  context: LambdaContext,
  from: {
    readonly functionName: string;
    readonly qualifier: string;
    readonly arn: string;
    readonly settings: EventSettings;
    readonly nowMs: number;
  },
): FunctionEventInvokeConfig {
  const { nowMs: lastModifiedMs, ...config } = from;
  const stored = { ...config, lastModifiedMs };
  context.eventConfigs.set(eventKey(stored), stored);
  return describeEventConfig(stored);
}

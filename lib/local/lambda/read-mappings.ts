import {
  type EventSourceMappingConfiguration,
  GetEventSourceMapping$,
  type GetEventSourceMappingRequest,
  ListEventSourceMappings$,
  type ListEventSourceMappingsRequest,
  type ListEventSourceMappingsResponse,
} from '@aws-sdk/client-lambda';
import { type Need, type Operation, operation } from '../wire/operation.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';
import { pageOf } from './pages.ts';
import { describeMapping, findMapping } from './stored-mapping.ts';

/** GetEventSourceMapping and ListEventSourceMappings. */
export function readMappingOperations(context: LambdaContext): readonly Operation[] {
  return [getMapping(context), listMappings(context)];
}

/** The permission for a call on one mapping; its function is a condition key. */
export function mappingNeed(
  { core, mappings }: LambdaContext,
  operationName: string,
  uuid: string | undefined,
): Need {
  const mapping = mappings.get(uuid ?? '');
  return {
    action: `lambda:${operationName}`,
    resource: `arn:aws:lambda:${core.region}:${core.accountId}:event-source-mapping:${uuid}`,
    ...(mapping === undefined ? {} : { context: { 'lambda:functionarn': [mapping.functionArn] } }),
  };
}

function getMapping(context: LambdaContext): Operation {
  return operation<GetEventSourceMappingRequest, EventSourceMappingConfiguration>(
    GetEventSourceMapping$,
    {
      needs: ({ UUID }) => [mappingNeed(context, 'GetEventSourceMapping', UUID)],
      handle: ({ UUID }) => describeMapping(findMapping(context, UUID)),
    },
  );
}

function listMappings(context: LambdaContext): Operation {
  return operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse>(
    ListEventSourceMappings$,
    {
      needs: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
      handle: ({ EventSourceArn, FunctionName, Marker, MaxItems }) => {
        const functionArn =
          FunctionName === undefined ? undefined : nameOf(context, FunctionName).arn;
        const wanted = [...context.mappings.values()].filter((mapping) => {
          return (
            (EventSourceArn === undefined || mapping.queueArn === EventSourceArn) &&
            (functionArn === undefined || mapping.functionArn === functionArn)
          );
        });
        const { items, nextMarker } = pageOf(wanted, {
          keyOf: ({ uuid }) => uuid,
          marker: Marker,
          size: MaxItems,
          maxSize: 100,
        });
        return {
          EventSourceMappings: items.map(describeMapping),
          ...(nextMarker === undefined ? {} : { NextMarker: nextMarker }),
        };
      },
    },
  );
}

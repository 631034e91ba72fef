import { randomUUID } from 'node:crypto';
import {
  CreateEventSourceMapping$,
  type CreateEventSourceMappingRequest,
  DeleteEventSourceMapping$,
  type DeleteEventSourceMappingRequest,
  type EventSourceMappingConfiguration,
  UpdateEventSourceMapping$,
  type UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { type Operation, operation } from '../wire/operation.ts';
import { conflict, lambdaFault } from './faults.ts';
import { announceCapacity, type LambdaContext } from './lambda-context.ts';
import { lambdaTrail } from './lambda-trail.ts';
import {
  checkForQueue,
  checkQueue,
  findMapped,
  type MappingSettings,
  toMappingSettings,
} from './mapping-request.ts';
import { mappingNeed } from './read-mappings.ts';
import { describeMapping, findMapping, type StoredMapping } from './stored-mapping.ts';

/** CreateEventSourceMapping, UpdateEventSourceMapping and DeleteEventSourceMapping. */
export function mappingOperations(context: LambdaContext): readonly Operation[] {
  return [createMapping(context), updateMapping(context), deleteMapping(context)];
}

function createMapping(context: LambdaContext): Operation {
  return operation<CreateEventSourceMappingRequest, EventSourceMappingConfiguration>(
    CreateEventSourceMapping$,
    {
      needs: () => [{ action: 'lambda:CreateEventSourceMapping', resource: '*' }],
      handle: (input, { nowMs }) => {
        checkForQueue(input);
        const stored = findMapped(context, input.FunctionName);
        const queueArn = input.EventSourceArn ?? '';
        checkQueue(context, queueArn, stored);
        checkUnmapped(context, queueArn, stored.arn);
        const uuid = randomUUID();
        const mapping: StoredMapping = {
          uuid,
          arn: mappingArn(context, uuid),
          queueArn,
          functionName: stored.name,
          functionArn: stored.arn,
          ...toStored(toMappingSettings(input)),
          state: 'Creating',
          lastModifiedMs: nowMs,
          lastResult: 'No records processed',
        };
        context.mappings.set(uuid, mapping);
        becomeLater(context, mapping, input.Enabled === false ? 'Disabled' : 'Enabled');
        return describeMapping(mapping);
      },
      trail: (input) => lambdaTrail('CreateEventSourceMapping', input),
    },
  );
}

function updateMapping(context: LambdaContext): Operation {
  return operation<UpdateEventSourceMappingRequest, EventSourceMappingConfiguration>(
    UpdateEventSourceMapping$,
    {
      needs: ({ UUID }) => [mappingNeed(context, 'UpdateEventSourceMapping', UUID)],
      handle: (input, { nowMs }) => {
        const mapping = findMapping(context, input.UUID);
        checkSettled(mapping, 'update');
        checkForQueue(input);
        const stored = findMapped(context, input.FunctionName ?? mapping.functionArn);
        checkQueue(context, mapping.queueArn, stored);
        const { maximumConcurrency: _previous, ...kept } = mapping;
        const changed: StoredMapping = {
          ...kept,
          functionName: stored.name,
          functionArn: stored.arn,
          ...toStored(toMappingSettings(input, mapping)),
          state: 'Updating',
          lastModifiedMs: nowMs,
        };
        context.mappings.set(mapping.uuid, changed);
        const isEnabled = input.Enabled ?? mapping.state === 'Enabled';
        becomeLater(context, changed, isEnabled ? 'Enabled' : 'Disabled');
        return describeMapping(changed);
      },
      trail: (input) => lambdaTrail('UpdateEventSourceMapping', input),
    },
  );
}

function deleteMapping(context: LambdaContext): Operation {
  return operation<DeleteEventSourceMappingRequest, EventSourceMappingConfiguration>(
    DeleteEventSourceMapping$,
    {
      needs: ({ UUID }) => [mappingNeed(context, 'DeleteEventSourceMapping', UUID)],
      handle: ({ UUID }, { nowMs }) => {
        const mapping = findMapping(context, UUID);
        checkSettled(mapping, 'delete');
        const deleting: StoredMapping = { ...mapping, state: 'Deleting', lastModifiedMs: nowMs };
        context.mappings.set(mapping.uuid, deleting);
        context.core.clock.after(context.durations.plainMs, () => {
          context.mappings.delete(mapping.uuid);
        });
        return describeMapping(deleting);
      },
      trail: (input) => lambdaTrail('DeleteEventSourceMapping', input),
    },
  );
}

function mappingArn({ core }: LambdaContext, uuid: string): string {
  return `arn:aws:lambda:${core.region}:${core.accountId}:event-source-mapping:${uuid}`;
}

function becomeLater(
  context: LambdaContext,
  { uuid, functionName }: StoredMapping,
  state: 'Enabled' | 'Disabled',
): void {
  context.core.clock.after(context.durations.plainMs, () => {
    const mapping = context.mappings.get(uuid);
    if (mapping === undefined) return;
    context.mappings.set(uuid, { ...mapping, state });
    announceCapacity(context, functionName);
  });
}

function checkSettled({ state }: StoredMapping, change: 'update' | 'delete'): void {
  if (state === 'Enabled' || state === 'Disabled') return;
  throw lambdaFault(
    'ResourceInUseException',
    400,
    `Cannot ${change} the event source mapping because it is in use.`,
  );
}

function checkUnmapped(context: LambdaContext, queueArn: string, functionArn: string): void {
  const twin = [...context.mappings.values()].find((mapping) => {
    return mapping.queueArn === queueArn && mapping.functionArn === functionArn;
  });
  if (twin === undefined) return;
  throw conflict(
    `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${twin.functionName} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
  );
}

function toStored({ maximumConcurrency, ...settings }: MappingSettings): Omit<
  MappingSettings,
  'maximumConcurrency'
> & {
  readonly maximumConcurrency?: number;
} {
  return { ...settings, ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }) };
}

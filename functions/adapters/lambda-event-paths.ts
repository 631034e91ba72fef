import {
  type EventSourceMappingConfiguration,
  GetFunctionEventInvokeConfigCommand,
  type LambdaClient,
  paginateListEventSourceMappings,
} from '@aws-sdk/client-lambda';
import type { EventPaths } from '../core/event-paths.ts';
import { functionNameOf } from '../core/function-name.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';

const PAGE_SIZE = 100;

/** Builds the call that reads what hands events to a function: both lists at the same time. */
export function createReadEventPaths(
  client: LambdaClient,
): (functionArn: string) => Promise<EventPaths> {
  return async (functionArn) => {
    try {
      const [onFailure, mappings] = await Promise.all([
        readOnFailure(client, functionArn),
        readMappings(client, functionArn),
      ]);
      const sources = mappings
        .filter(({ State }) => State !== 'Disabled' && State !== 'Disabling')
        .map(({ EventSourceArn, UUID }) => EventSourceArn ?? `mapping ${UUID}`);
      return { ...(onFailure === undefined ? {} : { onFailure }), sources: sources.sort() };
    } catch (error) {
      const name = functionNameOf(functionArn);
      throw observationFailed(error, `could not read what hands events to \`${name}\``);
    }
  };
}

async function readOnFailure(
  client: LambdaClient,
  FunctionName: string,
): Promise<string | undefined> {
  try {
    const command = new GetFunctionEventInvokeConfigCommand({ FunctionName });
    const { DestinationConfig } = await client.send(command);
    return DestinationConfig?.OnFailure?.Destination;
  } catch (error) {
    if (parseAwsError(error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function readMappings(
  client: LambdaClient,
  FunctionName: string,
): Promise<readonly EventSourceMappingConfiguration[]> {
  const read: EventSourceMappingConfiguration[] = [];
  const pages = paginateListEventSourceMappings({ client, pageSize: PAGE_SIZE }, { FunctionName });
  for await (const { EventSourceMappings = [] } of pages) read.push(...EventSourceMappings);
  return read;
}

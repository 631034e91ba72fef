import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GuardrailError } from '../core/guardrail-error.ts';
import { parseSweepState } from '../core/parse-sweep.ts';
import { NEW_SWEEP, type SweepState } from '../core/sweep-state.ts';
import type { RescanProgress, SweepPorts } from '../workflows/sweep-ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** What the table knows of sweeps and of rescans. */
export type SweepStatePorts = Pick<SweepPorts, 'readSweep' | 'writeSweep' | 'noteProgress'>;

const SWEEP_KEY = { pk: { S: 'sweep' }, sk: { S: 'state' } };
const PROGRESS_KEY = { pk: { S: 'rescan' }, sk: { S: 'progress' } };

/** Builds the ports of the state of sweeps, one item, and of the progress of rescans, another one. */
export function createSweepStatePorts(client: DynamoDBClient, tableName: string): SweepStatePorts {
  return {
    readSweep: () => readSweep(client, tableName),
    writeSweep: (state) => writeSweep(client, tableName, state),
    noteProgress: async (progress) => {
      try {
        const Item = { ...PROGRESS_KEY, progress: { S: JSON.stringify(progress) } };
        await client.send(new PutItemCommand({ TableName: tableName, Item }));
      } catch (error) {
        throw writeFailed(error, 'could not note the progress of the rescan');
      }
    },
  };
}

/** Reads how far the rescan has come that noted so last; undefined where none ever did. */
export async function readProgress(
  client: DynamoDBClient,
  tableName: string,
): Promise<RescanProgress | undefined> {
  try {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: PROGRESS_KEY, ConsistentRead: true }),
    );
    return parseProgress(Item?.['progress']?.S);
  } catch (error) {
    throw observationFailed(error, 'could not read the progress of the rescan');
  }
}

async function readSweep(client: DynamoDBClient, tableName: string): Promise<SweepState> {
  try {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: SWEEP_KEY, ConsistentRead: true }),
    );
    if (Item === undefined) return NEW_SWEEP;
    return parseSweepState(parseJson(Item['state']?.S), Number(Item['version']?.N ?? 0));
  } catch (error) {
    throw observationFailed(error, 'could not read the state of the sweep');
  }
}

async function writeSweep(
  client: DynamoDBClient,
  tableName: string,
  state: SweepState,
): Promise<SweepState> {
  const written = { ...state, version: state.version + 1 };
  try {
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: {
          ...SWEEP_KEY,
          version: { N: String(written.version) },
          state: { S: JSON.stringify(written) },
        },
        ...conditionOn(state.version),
      }),
    );
    return written;
  } catch (error) {
    if (parseAwsError(error).name !== 'ConditionalCheckFailedException') {
      throw writeFailed(error, 'could not write the state of the sweep');
    }
    const message = `state of the sweep changed since version ${state.version} was read`;
    throw new GuardrailError(message, { code: 'RECORD_STALE', cause: error });
  }
}

/** An item without a version is broken: it is written over as if it were not there. */
function conditionOn(version: number) {
  const names = { ExpressionAttributeNames: { '#version': 'version' } };
  if (version === 0) return { ...names, ConditionExpression: 'attribute_not_exists(#version)' };
  return {
    ...names,
    ConditionExpression: '#version = :version',
    ExpressionAttributeValues: { ':version': { N: String(version) } },
  };
}

/** Undefined where it is broken. */
function parseJson(json = ''): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function parseProgress(json: string | undefined): RescanProgress | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as RescanProgress);
}

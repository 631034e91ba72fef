import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { MetExemption, MetExemptions } from '../core/exemption.ts';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** What the guardrail remembers of exemptions. */
export type ExemptionPorts = Pick<Ports, 'meetExemptions' | 'claimEnd' | 'noteEndTold'>;

const KEY = { pk: { S: 'exemptions' }, sk: { S: 'ledger' } };
const MET = 'met-';
const TOLD = 'told-';
const TELLING = 'telling-';
/** Longer no handler takes to tell. */
const TELLING_MS = 30_000;
/** AWS: an expression is at most 4 KB long. */
const MOST_AT_A_TIME = 50;

/** Where the ledger is, and the clock that it goes by. */
export interface Ledger {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly nowMs: () => number;
}

/** Builds the ports of the ledger of exemptions: one item, an attribute for each thing that is noted. */
export function createExemptionPorts(ledger: Ledger): ExemptionPorts {
  return {
    meetExemptions: async (ids) => {
      try {
        const met = new Map<string, MetExemption>();
        for (let at = 0; at < ids.length; at += MOST_AT_A_TIME) {
          const some = ids.slice(at, at + MOST_AT_A_TIME);
          const attributes = await note(
            ledger,
            some.map((id) => `${MET}${id}`),
          );
          for (const id of some) met.set(id, toMet(id, attributes));
        }
        return met;
      } catch (error) {
        throw observationFailed(error, 'could not read since when exemptions are in force');
      }
    },
    claimEnd: async (id) => {
      try {
        await claim(ledger, `${TELLING}${id}`);
        return true;
      } catch (error) {
        if (parseAwsError(error).name === 'ConditionalCheckFailedException') return false;
        throw writeFailed(error, `could not claim to tell of the end of exemption \`${id}\``);
      }
    },
    noteEndTold: async (id) => {
      try {
        await note(ledger, [`${TOLD}${id}`]);
      } catch (error) {
        throw writeFailed(error, `could not note that the end of exemption \`${id}\` was told`);
      }
    },
  };
}

/** Reads since when exemptions are in force, by their ids, and notes nothing: those that nobody met are left out. */
export async function readMetExemptions(
  { client, tableName }: Omit<Ledger, 'nowMs'>,
  ids: readonly string[],
): Promise<MetExemptions> {
  try {
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: tableName, Key: KEY }));
    const known = ids.filter((id) => Item[`${MET}${id}`] !== undefined);
    return new Map(known.map((id) => [id, toMet(id, Item)]));
  } catch (error) {
    throw observationFailed(error, 'could not read since when exemptions are in force');
  }
}

/** Notes the time of what was not noted before, and answers everything that is noted. */
async function note({ client, tableName, nowMs }: Ledger, names: readonly string[]) {
  const places = names.map((_, index) => `#${index} = if_not_exists(#${index}, :now)`);
  const { Attributes = {} } = await client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: KEY,
      UpdateExpression: `SET ${places.join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#${index}`, name])),
      ExpressionAttributeValues: { ':now': { N: String(nowMs()) } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Attributes;
}

async function claim({ client, tableName, nowMs }: Ledger, name: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: KEY,
      UpdateExpression: 'SET #name = :now',
      ConditionExpression: 'attribute_not_exists(#name) OR #name <= :before',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: {
        ':now': { N: String(nowMs()) },
        ':before': { N: String(nowMs() - TELLING_MS) },
      },
    }),
  );
}

function toMet(
  id: string,
  attributes: Readonly<Record<string, { readonly N?: string | undefined }>>,
): MetExemption {
  const metMs = Number(attributes[`${MET}${id}`]?.N);
  return { metMs, isEndTold: attributes[`${TOLD}${id}`] !== undefined };
}

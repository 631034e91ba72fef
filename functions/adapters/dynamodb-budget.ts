import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { parseAccount, writeAccount } from '../core/account-attributes.ts';
import {
  type AccountItem,
  breakerOf,
  noteTold,
  type Step,
  tripOnce,
} from '../core/account-item.ts';
import { newTrip } from '../core/breaker.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { Limit } from '../core/policy.ts';
import { spendToken, type TokenAnswer, type TokenRequest } from '../core/token.ts';
import type { Deployment, Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** Where the budget is kept, and what time it is. */
export interface Budget {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly deployment: Pick<Deployment, 'account' | 'region'>;
  readonly nowMs: () => number;
}

/** What the account item answers. */
export type BudgetPorts = Pick<
  Ports,
  'takeToken' | 'readBreaker' | 'tripBreaker' | 'noteTripTold' | 'approvePolicy'
>;

type Attributes = Readonly<Record<string, AttributeValue>>;
type Change = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

const MAX_ATTEMPTS = 10;
/** What another writer may have changed since the item was read, an operator by hand included. */
const GUARDED = ['version', 'mode', 'breaker'];

/**
 * Builds the ports of the account's budget.
 *
 * Conditional writes on one item: transactions would conflict when many functions need the budget at once.
 */
export function createBudgetPorts(budget: Budget): BudgetPorts {
  const { nowMs } = budget;
  return {
    takeToken: (request, limit) => takeToken(budget, request, limit),
    readBreaker: async () => breakerOf(await readAccount(budget)),
    tripBreaker: (wanted) =>
      stepAccount(budget, (item) => tripOnce(item, newTrip({ ...wanted, atMs: nowMs() }))),
    noteTripTold: (tripId) => stepAccount(budget, (item) => noteTold(item, tripId)),
    approvePolicy: (approvedPolicy) =>
      stepAccount(budget, (item) => ({ answer: undefined, item: { ...item, approvedPolicy } })),
  };
}

/** Reads the account item, strongly consistent. */
export async function readAccount(budget: Budget): Promise<AccountItem> {
  return toAccount(await readItem(budget), budget);
}

/** Answers somebody who asks the account item, and writes what it becomes over exactly what was read. */
export function stepAccount<Answer>(
  budget: Budget,
  step: (item: AccountItem) => Step<Answer>,
): Promise<Answer> {
  return untilWritten(() => tryStep(budget, step));
}

/** The usual case first, at every attempt: many who spend at the same time do not stand in each other's way. */
function takeToken(budget: Budget, request: TokenRequest, limit: Limit): Promise<TokenAnswer> {
  const { remediationId, isCounted } = request;
  return untilWritten(async () => {
    const nowMs = budget.nowMs();
    const isSpent = isCounted && (await change(budget, spending(remediationId, limit, nowMs)));
    if (isSpent) return { answer: { status: 'granted' } };
    return tryStep(budget, (item) => spendToken(item, request, { limit, nowMs }));
  });
}

async function untilWritten<Answer>(
  attempt: () => Promise<{ readonly answer: Answer } | undefined>,
): Promise<Answer> {
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
    const written = await attempt();
    if (written !== undefined) return written.answer;
  }
  const message = 'could not write the account item: it keeps changing';
  throw new GuardrailError(message, { code: 'REMEDIATION_FAILED' });
}

/** Undefined where somebody else changed the item in between. */
async function tryStep<Answer>(
  budget: Budget,
  step: (item: AccountItem) => Step<Answer>,
): Promise<{ readonly answer: Answer } | undefined> {
  const read = await readItem(budget);
  const { answer, item } = step(toAccount(read, budget));
  const isWritten = item === undefined || (await change(budget, overRead(read, item)));
  return isWritten ? { answer } : undefined;
}

/** The usual case in one call: not killed, not tripped, room in the window, not spent yet. */
function spending(remediationId: string, { max }: Limit, nowMs: number): Change {
  return {
    UpdateExpression: 'SET spent.#id = :now, #version = #version + :one',
    ConditionExpression:
      '#mode = :enforce AND breaker = :closed AND size(spent) < :max AND attribute_not_exists(spent.#id)',
    ExpressionAttributeNames: { '#mode': 'mode', '#version': 'version', '#id': remediationId },
    ExpressionAttributeValues: {
      ':enforce': { S: 'enforce' },
      ':closed': { S: 'closed' },
      ':now': toAttribute(nowMs),
      ':one': toAttribute(1),
      ':max': toAttribute(max),
    },
  };
}

/** INVARIANT: neither another handler's write nor an operator's since the read is overwritten. */
function overRead(read: Attributes, item: AccountItem): Change {
  const version = Number(read['version']?.N ?? 0) + 1;
  const written = Object.entries({ ...writeAccount(item), version });
  const set = written.filter(([, value]) => value !== undefined);
  const gone = written.filter(([, value]) => value === undefined);
  const asRead = GUARDED.map((name) =>
    read[name] ? `#${name} = :read_${name}` : `attribute_not_exists(#${name})`,
  );
  return {
    UpdateExpression: [
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(gone.length === 0 ? [] : [`REMOVE ${gone.map(([name]) => `#${name}`).join(', ')}`]),
    ].join(' '),
    ConditionExpression: asRead.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(written.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries([
      ...set.map(([name, value]) => [`:${name}`, toAttribute(value)]),
      ...GUARDED.flatMap((name) => (read[name] ? [[`:read_${name}`, read[name]]] : [])),
    ]),
  };
}

/** False where the item is not as the change expects it. */
async function change(
  { client, tableName, deployment }: Budget,
  expressions: Change,
): Promise<boolean> {
  try {
    await client.send(
      new UpdateItemCommand({ TableName: tableName, Key: keyOf(deployment), ...expressions }),
    );
    return true;
  } catch (error) {
    if (parseAwsError(error).name === 'ConditionalCheckFailedException') return false;
    throw writeFailed(error, 'could not write the account item');
  }
}

async function readItem({ client, tableName, deployment }: Budget): Promise<Attributes> {
  try {
    const { Item = {} } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: keyOf(deployment), ConsistentRead: true }),
    );
    return Item;
  } catch (error) {
    throw observationFailed(error, 'could not read the account item');
  }
}

function toAccount(read: Attributes, { deployment }: Budget): AccountItem {
  const values = Object.entries(read).map(([name, value]) => [name, toValue(value)]);
  return parseAccount(Object.fromEntries(values), deployment);
}

/** A kind of value that the guardrail never writes is null. */
function toValue({ S, N, M }: AttributeValue): unknown {
  if (M === undefined) return N === undefined ? (S ?? null) : Number(N);
  return Object.fromEntries(Object.entries(M).map(([name, value]) => [name, toValue(value)]));
}

function toAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  return {
    M: Object.fromEntries(Object.entries(value ?? {}).map(([name, at]) => [name, toAttribute(at)])),
  };
}

function keyOf({ account, region }: Budget['deployment']) {
  return { pk: { S: `account#${account}#${region}` }, sk: { S: 'state' } };
}

import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { Limit } from '../core/policy.ts';
import type { Deployment, Ports, TokenAnswer } from '../workflows/ports.ts';
import { observationFailed, parseAwsError, writeFailed } from './aws-errors.ts';

/** Where the budget is kept, and what time it is. */
export interface Budget {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly deployment: Pick<Deployment, 'account' | 'region'>;
  readonly nowMs: () => number;
}

/** The account item: what one operator's call, or one full window, changes for every function. */
interface AccountState {
  readonly isKilled: boolean;
  readonly isTripped: boolean;
  /** Absent until somebody counted. */
  readonly version?: number;
  readonly spentMs: ReadonlyMap<string, number>;
}

/** One remediation that asks to be spent. */
interface Request {
  readonly remediationId: string;
  readonly limit: Limit;
  readonly nowMs: number;
}

type Change = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

const MAX_ATTEMPTS = 10;
const NAMES = { '#mode': 'mode', '#version': 'version' };
const GRANTED: TokenAnswer = { status: 'granted' };
const KILLED: TokenAnswer = { status: 'withheld', reason: 'mode-audit' };
const TRIPPED: TokenAnswer = { status: 'withheld', reason: 'breaker-tripped' };

/**
 * Builds the port that takes a remediation from the account's budget.
 *
 * One conditional write on one item: transactions would conflict when many functions need the budget at once.
 */
export function createTakeToken(budget: Budget): Ports['takeToken'] {
  return async (remediationId, isCounted, limit) => {
    if (!isCounted) return (await readState(budget)).isKilled ? KILLED : GRANTED;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const request = { remediationId, limit, nowMs: budget.nowMs() };
      const answer = await tryToSpend(budget, request);
      if (answer !== undefined) return answer;
    }
    const message = 'could not take a remediation from the budget: the account item keeps changing';
    throw new GuardrailError(message, { code: 'REMEDIATION_FAILED' });
  };
}

/** Undefined where another handler changed the item in between. */
async function tryToSpend(budget: Budget, request: Request): Promise<TokenAnswer | undefined> {
  if (await change(budget, spending(request))) return GRANTED;
  const state = await readState(budget);
  if (state.isKilled) return KILLED;
  if (state.spentMs.has(request.remediationId)) return GRANTED;
  if (state.isTripped) return TRIPPED;
  const recent = recentSpending(state, request);
  if (recent.size >= request.limit.max) {
    return (await change(budget, tripping(state, request))) ? TRIPPED : undefined;
  }
  return (await change(budget, respending(state, recent, request))) ? GRANTED : undefined;
}

function recentSpending(
  { spentMs }: AccountState,
  { limit, nowMs }: Request,
): ReadonlyMap<string, number> {
  const windowMs = limit.perMinutes * 60_000;
  return new Map([...spentMs].filter(([, atMs]) => nowMs - atMs < windowMs));
}

/** The usual case in one call: not killed, not tripped, room in the window, not spent yet. */
function spending({ remediationId, limit, nowMs }: Request): Change {
  return {
    UpdateExpression: 'SET spent.#id = :now, #version = #version + :one',
    ConditionExpression:
      '#mode = :enforce AND breaker = :closed AND size(spent) < :max AND attribute_not_exists(spent.#id)',
    ExpressionAttributeNames: { ...NAMES, '#id': remediationId },
    ExpressionAttributeValues: {
      ':enforce': { S: 'enforce' },
      ':closed': { S: 'closed' },
      ':now': toNumber(nowMs),
      ':one': toNumber(1),
      ':max': toNumber(limit.max),
    },
  };
}

/** Drops what is older than the window, and completes an item that nobody or only an operator wrote. */
function respending(
  state: AccountState,
  recent: ReadonlyMap<string, number>,
  { remediationId, nowMs }: Request,
): Change {
  const spent = [...recent, [remediationId, nowMs] as const];
  return overState(state, 'SET spent = :spent, breaker = :closed', {
    ':spent': { M: Object.fromEntries(spent.map(([id, atMs]) => [id, toNumber(atMs)])) },
    ':closed': { S: 'closed' },
  });
}

function tripping(state: AccountState, { nowMs }: Request): Change {
  return overState(state, 'SET breaker = :tripped, trippedAtMs = :now', {
    ':tripped': { S: 'tripped' },
    ':now': toNumber(nowMs),
  });
}

/** INVARIANT: neither another handler's write nor a kill switch thrown since the read is overwritten. */
function overState(
  { version }: AccountState,
  expression: string,
  values: Record<string, AttributeValue>,
): Change {
  const isAsRead = version === undefined ? 'attribute_not_exists(#version)' : '#version = :read';
  return {
    UpdateExpression: `${expression}, #mode = :enforce, #version = :next`,
    ConditionExpression: `${isAsRead} AND (attribute_not_exists(#mode) OR #mode = :enforce)`,
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: {
      ...values,
      ':enforce': { S: 'enforce' },
      ':next': toNumber((version ?? 0) + 1),
      ...(version === undefined ? {} : { ':read': toNumber(version) }),
    },
  };
}

/** False where the item is not as the change expects it. */
async function change(budget: Budget, expressions: Change): Promise<boolean> {
  const { client, tableName, deployment } = budget;
  try {
    await client.send(
      new UpdateItemCommand({ TableName: tableName, Key: keyOf(deployment), ...expressions }),
    );
    return true;
  } catch (error) {
    if (parseAwsError(error).name === 'ConditionalCheckFailedException') return false;
    throw writeFailed(error, 'could not take a remediation from the budget');
  }
}

async function readState({ client, tableName, deployment }: Budget): Promise<AccountState> {
  try {
    const { Item = {} } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: keyOf(deployment), ConsistentRead: true }),
    );
    return toState(Item);
  } catch (error) {
    throw observationFailed(error, 'could not read the account item');
  }
}

function toState({ mode, breaker, version, spent }: Record<string, AttributeValue>): AccountState {
  return {
    // An operator's typing error in an emergency must not let the guardrail act: only the exact word does.
    isKilled: mode !== undefined && mode.S !== 'enforce',
    isTripped: breaker !== undefined && breaker.S !== 'closed',
    ...(version?.N === undefined ? {} : { version: Number(version.N) }),
    spentMs: new Map(Object.entries(spent?.M ?? {}).map(([id, at]) => [id, Number(at.N)])),
  };
}

function keyOf({ account, region }: Budget['deployment']) {
  return { pk: { S: `account#${account}#${region}` }, sk: { S: 'state' } };
}

function toNumber(value: number): AttributeValue.NMember {
  return { N: String(value) };
}

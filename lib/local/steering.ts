import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AccountCore } from './account-core.ts';
import type { EventBus, EventEnvelope } from './events/event-bus.ts';
import type { SideDoor } from './server.ts';
import type { AccountQueues } from './sqs/account-queues.ts';
import {
  countCalls,
  describeClock,
  describeConnections,
  describeQueues,
} from './steering-views.ts';
import type { WireRequest } from './wire/http.ts';

/** What can be looked at and steered. */
export interface Steered {
  readonly core: AccountCore;
  readonly queues: AccountQueues;
  readonly bus: EventBus;
}

type Answer =
  | { readonly status: 200; readonly body: unknown }
  | { readonly status: 400 | 403 | 404; readonly error: string };

type Route = (steered: Steered, body: unknown) => Answer | Promise<Answer>;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /_local/', () => ok(HELP)],
  ['GET /_local/calls', ({ core }) => ok(countCalls(core.journal))],
  ['GET /_local/connections', ({ core }) => ok(describeConnections(core))],
  ['GET /_local/clock', ({ core }) => ok(describeClock(core))],
  ['POST /_local/clock/advance', advance],
  ['GET /_local/messages', ({ core }) => ok(core.journal.messages)],
  ['GET /_local/events', ({ core }) => ok(core.journal.events)],
  ['POST /_local/events', deliver],
  ['GET /_local/invocations', ({ core }) => ok(core.journal.invocations)],
  ['GET /_local/queues', ({ queues }) => ok(describeQueues(queues))],
]);

const HELP = {
  about: 'A local AWS account: look at it and steer it here, call AWS services at every other path',
  routes: {
    'GET /_local/calls': 'API calls by service, operation and caller',
    'GET /_local/connections': 'new TCP connections by access key',
    'GET /_local/clock': 'the virtual time',
    'POST /_local/clock/advance': 'moves it: {"seconds": 90} or {"days": 14}',
    'GET /_local/messages': 'what topics delivered',
    'GET /_local/events': 'CloudTrail records',
    'POST /_local/events': 'delivers an EventBridge envelope, such as a record from elsewhere',
    'GET /_local/invocations': 'runs of deployed functions, with what they logged',
    'GET /_local/queues': 'queues and the messages in them',
  },
};

/**
 * Serves `/_local/`: what happened in the account, and its clock.
 *
 * It needs no signature, so it answers only those who say that they mean this machine, and no web page.
 */
export function createSteeringDoor(steered: Steered): SideDoor {
  return async (request, response) => {
    if (request.path !== '/_local' && !request.path.startsWith('/_local/')) return false;
    send(response, await answer(steered, request));
    return true;
  };
}

async function answer(steered: Steered, request: WireRequest): Promise<Answer> {
  const { host = '', origin } = request.headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
    return { status: 403, error: `host is \`${host}\`: expected 127.0.0.1 or localhost` };
  }
  if (origin !== undefined) return { status: 403, error: 'web pages may not steer the account' };
  const path = request.path === '/_local' ? '/_local/' : request.path;
  const route = ROUTES.get(`${request.method} ${path}`);
  if (route === undefined) {
    return {
      status: 404,
      error: `no \`${request.method} ${path}\`: GET /_local/ lists what there is`,
    };
  }
  const body = request.method === 'POST' ? parseBody(request.body) : undefined;
  return route(steered, body);
}

async function advance({ core }: Steered, body: unknown): Promise<Answer> {
  const ms = parseDuration(body);
  if (ms === undefined) {
    return bad('expected {"seconds": N} or {"days": N} with N from 0 to 400 days');
  }
  await core.clock.advance(ms);
  return ok(describeClock(core));
}

const MS_PER = { seconds: 1000, days: 86_400_000 } as const;
const MAX_MS = 400 * MS_PER.days;

function parseDuration(body: unknown): number | undefined {
  if (!isObject(body)) return undefined;
  const [entry, second] = Object.entries(body);
  if (entry === undefined || second !== undefined) return undefined;
  const [unit, value] = entry;
  if ((unit !== 'seconds' && unit !== 'days') || typeof value !== 'number') return undefined;
  const ms = Math.round(value * MS_PER[unit]);
  return ms >= 0 && ms <= MAX_MS ? ms : undefined;
}

async function deliver({ core, bus }: Steered, body: unknown): Promise<Answer> {
  const envelope = parseEnvelope(core, body);
  if (envelope === undefined)
    return bad('expected an event with `source`, `detail-type` and `detail`');
  const matched = bus.deliver(envelope);
  await core.clock.settle();
  return ok({ matchedRules: matched });
}

/** What an event lacks of its envelope is as if it happened here and now. */
function parseEnvelope(core: AccountCore, body: unknown): EventEnvelope | undefined {
  if (!isObject(body) || !isObject(body['detail'])) return undefined;
  const { source, 'detail-type': detailType } = body;
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined;
  return {
    version: '0',
    id: randomUUID(),
    account: core.accountId,
    time: `${new Date(core.clock.nowMs()).toISOString().slice(0, 19)}Z`,
    region: core.region,
    resources: [],
    ...body,
    detail: body['detail'],
    source,
    'detail-type': detailType,
  };
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function bad(error: string): Answer {
  return { status: 400, error };
}

function send(response: ServerResponse, answered: Answer): void {
  response.writeHead(answered.status, { 'content-type': 'application/json' });
  const body = answered.status === 200 ? answered.body : { error: answered.error };
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
}

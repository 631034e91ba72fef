import type { ServerResponse } from 'node:http';
import type { SideDoor } from './server.ts';
import { CONNECTION_ROUTES } from './steering-connections.ts';
import { FAULT_ROUTES } from './steering-faults.ts';
import { type Answer, ok, type Route, type Steered } from './steering-route.ts';
import { TIME_ROUTES } from './steering-time.ts';
import { TRAIL_ROUTES } from './steering-trail.ts';
import { countCalls, describeQueues, listCalls, listOperations } from './steering-views.ts';
import type { WireRequest } from './wire/http.ts';

const LOOKS: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/operations',
    about: 'services and the operations that each of them offers',
    answer: ({ core }) => ok(listOperations(core)),
  },
  {
    method: 'GET',
    path: '/_local/calls',
    about: 'API calls by service, operation and caller',
    answer: ({ core }) => ok(countCalls(core.journal)),
  },
  {
    method: 'GET',
    path: '/_local/calls/log',
    about:
      'API calls one by one: ?service=lambda&operation=GetFunction&caller=TEXT&since=INSTANT&limit=100',
    answer: ({ core }, { query }) => listCalls(core.journal, query),
  },
  {
    method: 'GET',
    path: '/_local/permissions',
    about:
      'actions that the policies of users and roles were asked for: how often each was allowed and refused',
    answer: ({ core }) => ok(core.principals.asked.list()),
  },
  {
    method: 'GET',
    path: '/_local/messages',
    about: 'what topics delivered',
    answer: ({ core }) => ok(core.journal.messages),
  },
  {
    method: 'GET',
    path: '/_local/events',
    about: 'CloudTrail records',
    answer: ({ core }) => ok(core.journal.events),
  },
  {
    method: 'GET',
    path: '/_local/invocations',
    about: 'runs of deployed functions, with what they logged',
    answer: ({ core }) => ok(core.journal.invocations),
  },
  {
    method: 'GET',
    path: '/_local/cuts',
    about: 'events that Lambda stopped because a function called itself too often',
    answer: ({ core }) => ok(core.journal.cuts),
  },
  {
    method: 'GET',
    path: '/_local/queues',
    about: 'queues and the messages in them',
    answer: ({ queues }) => ok(describeQueues(queues)),
  },
];

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/',
    about: 'this list',
    answer: () =>
      ok({
        about:
          'A local AWS account: look at it and steer it here, call AWS services at every other path',
        routes: Object.fromEntries(
          ROUTES.map(({ method, path, about }) => [`${method} ${path}`, about]),
        ),
      }),
  },
  ...LOOKS,
  ...TIME_ROUTES,
  ...FAULT_ROUTES,
  ...TRAIL_ROUTES,
  ...CONNECTION_ROUTES,
];

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
  const route = findRoute(request.method, path);
  if (route === undefined) {
    return {
      status: 404,
      error: `no \`${request.method} ${path}\`: GET /_local/ lists what there is`,
    };
  }
  const body = request.method === 'POST' ? parseBody(request.body) : undefined;
  const rest = path.slice(route.path.length);
  return route.answer(steered, { body, query: request.query, rest });
}

function findRoute(method: string, path: string): Route | undefined {
  return ROUTES.find((route) => {
    if (route.method !== method) return false;
    if (route.path === path) return true;
    return route.path.endsWith('/') && route.path !== '/_local/' && path.startsWith(route.path);
  });
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, answered: Answer): void {
  response.writeHead(answered.status, { 'content-type': 'application/json' });
  const body = answered.status === 200 ? answered.body : { error: answered.error };
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
}

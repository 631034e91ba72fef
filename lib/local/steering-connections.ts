import { type Answer, bad, isObject, ok, type Route, type Steered } from './steering-route.ts';
import { describeConnections } from './steering-views.ts';

const LONGEST_SECONDS = 86_400;

/** TCP connections, and when they are dropped. */
export const CONNECTION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/connections',
    about: 'by access key: new TCP connections, those that were dropped, and calls tried again',
    answer: ({ core }) => ok(describeConnections(core)),
  },
  {
    method: 'POST',
    path: '/_local/connections',
    about: 'drops connections that were idle for long: {"dropIdleSeconds": 350}, or null for never',
    answer: dropIdle,
  },
];

function dropIdle({ connectionRules }: Steered, { body }: { readonly body: unknown }): Answer {
  const seconds = isObject(body) ? body['dropIdleSeconds'] : undefined;
  if (seconds === null) {
    delete connectionRules.dropIdleMs;
    return ok({ dropIdleSeconds: null });
  }
  if (typeof seconds !== 'number' || seconds <= 0 || seconds > LONGEST_SECONDS) {
    return bad(
      `expected {"dropIdleSeconds": N} with N over 0 and up to ${LONGEST_SECONDS}, or null`,
    );
  }
  connectionRules.dropIdleMs = seconds * 1000;
  return ok({ dropIdleSeconds: seconds });
}

import { parseFaultRule } from './faults/parse-fault-rule.ts';
import { type Answer, bad, isObject, ok, type Route, type Steered } from './steering-route.ts';

/** What can go wrong in the account: planted faults, request rates, CloudTrail's delivery, idle connections. */
export const FAULT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/_local/faults',
    about: 'planted faults, with the calls that each has seen and struck',
    answer: ({ faults }) => ok(faults.list()),
  },
  {
    method: 'POST',
    path: '/_local/faults',
    about:
      'plants one: {"service": "lambda", "operation": "Get*", "kind": "throttle", "count": 2}; kinds error, throttle, latency, reset, hang, crash',
    answer: plantFault,
  },
  {
    method: 'DELETE',
    path: '/_local/faults',
    about: 'removes all of them',
    answer: ({ faults }) => {
      faults.clear();
      return ok(faults.list());
    },
  },
  {
    method: 'DELETE',
    path: '/_local/faults/',
    about: 'removes the one whose id follows',
    answer: ({ faults }, { rest }) =>
      faults.remove(rest) ? ok(faults.list()) : { status: 404, error: `no fault \`${rest}\`` },
  },
  {
    method: 'GET',
    path: '/_local/quotas',
    about: 'request rates: what is left of those that calls counted against',
    answer: ({ throttle }) => ok({ on: throttle.isOn(), quotas: throttle.describe() }),
  },
  {
    method: 'POST',
    path: '/_local/quotas',
    about: 'holds callers to the request rates or not: {"on": false}',
    answer: turnQuotas,
  },
];

function plantFault(
  { core: { services }, faults }: Steered,
  { body }: { readonly body: unknown },
): Answer {
  const parsed = parseFaultRule(body);
  if (!parsed.ok) return bad(parsed.faults.join('; '));
  const { service } = parsed.rule;
  const names = [...services.keys()].sort();
  if (service.includes('*') || names.includes(service)) return ok({ id: faults.add(parsed.rule) });
  return bad(`service: no \`${service}\`, expected \`*\` or one of ${names.join(', ')}`);
}

function turnQuotas({ throttle }: Steered, { body }: { readonly body: unknown }): Answer {
  const on = isObject(body) ? body['on'] : undefined;
  if (typeof on !== 'boolean') return bad('expected {"on": true} or {"on": false}');
  throttle.turn(on);
  return ok({ on });
}

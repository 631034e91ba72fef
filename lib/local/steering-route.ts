import type { AccountCore } from './account-core.ts';
import type { ConnectionRules } from './connections.ts';
import type { EventBus } from './events/event-bus.ts';
import type { TrailDelivery } from './events/trail-delivery.ts';
import type { PlantedFaults } from './faults/planted-faults.ts';
import type { Pace } from './pace.ts';
import type { ApiThrottle } from './quotas/api-throttle.ts';
import type { AccountQueues } from './sqs/account-queues.ts';

/** What can be looked at and steered. */
export interface Steered {
  readonly core: AccountCore;
  readonly queues: AccountQueues;
  readonly bus: EventBus;
  readonly faults: PlantedFaults;
  readonly throttle: ApiThrottle;
  readonly trail: TrailDelivery;
  readonly connectionRules: ConnectionRules;
  readonly pace: Pace;
}

/** What steering answers. */
export type Answer =
  | { readonly status: 200; readonly body: unknown }
  | { readonly status: 400 | 403 | 404; readonly error: string };

/** One request to steer or look, as a route sees it. */
export interface Asked {
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
  readonly query: URLSearchParams;
  /** What follows the path of a route that ends with `/`. */
  readonly rest: string;
}

/** One thing that can be looked at or steered. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** One that ends with `/` takes what follows as name. */
  readonly path: string;
  readonly about: string;
  readonly answer: (steered: Steered, asked: Asked) => Answer | Promise<Answer>;
}

/** Answers what was asked for. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Says what was expected instead. */
export function bad(error: string): Answer {
  return { status: 400, error };
}

/** Tells whether parsed JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

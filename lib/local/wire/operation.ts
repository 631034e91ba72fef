import type { StaticOperationSchema } from '@smithy/types';
import type { AccessJudge } from '../../../functions/core/iam/evaluate.ts';
import type { Caller } from '../identity/caller.ts';

/** One request that is being served. */
export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
  /** Virtual time at which the call was made. */
  readonly nowMs: number;
  readonly userAgent: string;
  /** What the caller handles while it makes this call, as X-Ray's header tells it. */
  readonly traceHeader?: string;
}

/** One permission that the caller needs: IAM's action, resource ARN and request context. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** By lower-case key name; a key that is absent is not in the request. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** The policy of the resource itself: its explicit denies refuse the caller too. */
  readonly resourcePolicy?: AccessJudge;
}

/** What CloudTrail writes of a call; a call without it is not recorded. */
export interface Trail {
  readonly eventName: string;
  readonly request: unknown;
  readonly response: (output: unknown) => unknown;
}

/** One API operation of one service. */
export interface Operation {
  readonly name: string;
  readonly schema: StaticOperationSchema;
  readonly needs: (input: never, call: Call) => readonly Need[];
  readonly handle: (input: never, call: Call) => unknown;
  readonly trail?: (input: never) => Trail;
}

/** How an operation is written down: typed by the SDK's own request and answer. */
export interface OperationDefinition<Input, Output> {
  /** Every permission that is needed; an empty list means that anybody may call. */
  readonly needs: (input: Input, call: Call) => readonly Need[];
  readonly handle: (input: Input, call: Call) => Output | Promise<Output>;
  /** Present on calls that change something. */
  readonly trail?: (input: Input) => Trail;
}

/** Which of AWS's protocols a service speaks. */
export type ProtocolName = 'rest-json' | 'query' | 'ec2' | 'json';

/** One service of the local account. */
export interface Service {
  /** The signing name, as it stands in the credential scope. */
  readonly name: string;
  readonly protocol: ProtocolName;
  /** The `x-amz-json` version, and its error namespace, where the protocol is `json`. */
  readonly jsonVersion?: '1.0' | '1.1';
  /** What stands before the operation in `x-amz-target`, where the protocol is `json`; anything where it is absent. */
  readonly target?: string;
  readonly xmlNamespace?: string;
  /** How this service words a refusal of IAM. */
  readonly denied: { readonly code: string; readonly status: number };
  readonly operations: readonly Operation[];
}

/** Binds an operation's schema, as the SDK publishes it, to what the local account does for it. */
export function operation<Input, Output>(
  schema: StaticOperationSchema,
  definition: OperationDefinition<Input, Output>,
): Operation {
  return { name: schema[2], schema, ...definition };
}

/** What an environment is told when it starts. */
export interface EnvironmentData {
  /** Virtual time as one BigInt64. */
  readonly clock: SharedArrayBuffer;
  /** Where the code is unpacked. */
  readonly folder: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly functionVersion: string;
  readonly memorySize: number;
}

/** One invocation, on its way to the environment. */
export interface InvocationMessage {
  readonly kind: 'invocation';
  readonly requestId: string;
  readonly payload: string;
  readonly deadlineMs: number;
  /** X-Ray's header, which the SDK in the function sends with its calls. */
  readonly traceHeader?: string | undefined;
}

/** What an environment is told. */
export type ToEnvironment =
  | InvocationMessage
  /** Asks what it is doing. */
  | { readonly kind: 'look'; readonly id: number }
  /** Time has moved on. */
  | { readonly kind: 'time' };

/** What an environment is doing. */
export interface EnvironmentState {
  /** Of the look that asked. */
  readonly id: number;
  /** It does something, or waits for something that is neither a socket nor time. */
  readonly isBusy: boolean;
  /** Sockets that it waits for. */
  readonly sockets: number;
  /** When its next timer is due. */
  readonly dueMs: number | undefined;
}

/** What an environment says. */
export type FromEnvironment =
  /** Its code is loaded, and the handler is called. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'output'; readonly text: string }
  | {
      readonly kind: 'answer';
      readonly payload: string;
      readonly isError: boolean;
      /** The environment cannot be used again. */
      readonly isFatal: boolean;
    }
  | ({ readonly kind: 'state' } & EnvironmentState)
  /** A timer has waited in real time for as long as it was to wait in virtual time. */
  | { readonly kind: 'overdue'; readonly dueMs: number };

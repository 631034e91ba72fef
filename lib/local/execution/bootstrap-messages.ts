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
export interface ToEnvironment {
  readonly requestId: string;
  readonly payload: string;
  readonly deadlineMs: number;
}

/** What an environment says. */
export type FromEnvironment =
  | { readonly kind: 'output'; readonly text: string }
  | {
      readonly kind: 'answer';
      readonly payload: string;
      readonly isError: boolean;
      /** The environment cannot be used again. */
      readonly isFatal: boolean;
    };

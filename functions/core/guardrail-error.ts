const ERROR_CODES = {
  /** The environment or the compiled policy is wrong: the deployment has to change. */
  CONFIG_INVALID: { retryable: false },
  /** A message or payload is not of the form that was agreed. */
  INPUT_MALFORMED: { retryable: false },
  /** AWS could not be read: throttled, unreachable or denied. */
  OBSERVATION_FAILED: { retryable: true },
  /** The record changed since it was read: another handler works on the same function. */
  RECORD_STALE: { retryable: true },
  /** The role may not make this call, so no retry helps. */
  REMEDIATION_DENIED: { retryable: false },
  /** A write to AWS did not finish: throttled or a server fault. */
  REMEDIATION_FAILED: { retryable: true },
  /** A notice could not be published; the remediation that it tells of stands. */
  NOTIFICATION_FAILED: { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>;

/** Why the guardrail could not finish. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** The only error that this project throws on purpose; its message is one line for people. */
export class GuardrailError extends Error {
  override readonly name = 'GuardrailError';
  readonly code: ErrorCode;

  constructor(message: string, { code, ...options }: ErrorOptions & { readonly code: ErrorCode }) {
    super(message, options);
    this.code = code;
  }

  /** Tells whether the same message may succeed when it is delivered again. */
  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

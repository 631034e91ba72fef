/**
 * Calls a second that Lambda takes from an account in a region.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const CALLS_PER_SECOND = {
  getFunction: 100,
  /** Every other call of the control plane together, whoever makes it. */
  controlPlane: 15,
} as const;

/** The execution environments of `enforce-on-change` that may work at the same time, and share these. */
export const ENFORCE_ENVIRONMENTS = 2;

/** How fast calls of one family may be made. */
export interface Rate {
  readonly perSecond: number;
  /** So many come at once after a pause. */
  readonly burst: number;
}

/** How much of Lambda's quotas one execution environment takes. */
export interface LambdaRates {
  readonly getFunction: Rate;
  /** Every other call of the control plane together. */
  readonly controlPlane: Rate;
}

/**
 * Calls a second that Lambda takes from an account in a region, whoever makes them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const CALLS_PER_SECOND = { getFunction: 100, controlPlane: 15 } as const;

/** The execution environments of `enforce-on-change` that may work at the same time, and share these. */
export const ENFORCE_ENVIRONMENTS = 2;

/** What each of them takes, and what a release takes. */
export const ENFORCE_RATES: LambdaRates = {
  getFunction: burstOfASecond(CALLS_PER_SECOND.getFunction / ENFORCE_ENVIRONMENTS),
  controlPlane: burstOfASecond(CALLS_PER_SECOND.controlPlane / ENFORCE_ENVIRONMENTS),
};

/**
 * What a sweep or rescan takes: a share of what every pipeline of the account needs, too, evenly spread.
 *
 * `GetFunction` has a quota of its own, which nobody else uses much.
 */
export function sweepRates(share: number): LambdaRates {
  return {
    getFunction: { perSecond: CALLS_PER_SECOND.getFunction, burst: 10 },
    controlPlane: { perSecond: CALLS_PER_SECOND.controlPlane * share, burst: 1 },
  };
}

function burstOfASecond(perSecond: number): Rate {
  return { perSecond, burst: Math.floor(perSecond) };
}

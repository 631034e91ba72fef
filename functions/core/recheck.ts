const DELAYS_SECONDS = [15, 30, 60, 120, 240, 480, 900, 900, 900, 900] as const;

/**
 * How long to wait before the next look at something that is in flight; undefined once the sweep owns it.
 *
 * Lambda cuts a chain of queue → function → same queue after about 16 hops, so the chain ends well before.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function recheckDelaySeconds(hops: number): number | undefined {
  return DELAYS_SECONDS[hops];
}

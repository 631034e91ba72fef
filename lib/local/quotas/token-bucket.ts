/** How many calls may be made at once, and how fast that room comes back. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket of tokens that fills with virtual time. */
export interface TokenBucket {
  /** Takes one token; false where there is none, and then nothing is taken. */
  readonly take: (nowMs: number) => boolean;
  /** Whole tokens that are there. */
  readonly left: (nowMs: number) => number;
}

/** Creates a full bucket. */
export function createTokenBucket({ burst, perSecond }: Rate, startMs: number): TokenBucket {
  // In thousandths of a token, so that milliseconds times rate stays a whole number.
  let thousandths = burst * 1000;
  let filledAtMs = startMs;
  const fill = (nowMs: number): void => {
    thousandths = Math.min(burst * 1000, thousandths + (nowMs - filledAtMs) * perSecond);
    filledAtMs = nowMs;
  };
  return {
    take: (nowMs) => {
      fill(nowMs);
      if (thousandths < 1000) return false;
      thousandths -= 1000;
      return true;
    },
    left: (nowMs) => {
      fill(nowMs);
      return Math.floor(thousandths / 1000);
    },
  };
}

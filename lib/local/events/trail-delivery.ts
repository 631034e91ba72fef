import { createRandom } from '../random.ts';

/** How CloudTrail's records come to the event bus. */
export interface TrailRules {
  /** From a call to its event, in virtual time. */
  readonly delayMs: number;
  /** Up to so much later, by chance: records overtake each other. */
  readonly spreadMs: number;
  /** How likely a record comes twice. */
  readonly duplicates: number;
  /** How likely a record never comes. */
  readonly losses: number;
}

/** Carries CloudTrail's records to the event bus, as well or as badly as it is told to. */
export interface TrailDelivery {
  readonly rules: () => TrailRules;
  readonly change: (changes: Partial<TrailRules>) => void;
  /** How long the next record takes; empty where it is lost, two times where it comes twice. */
  readonly next: () => readonly number[];
  /** What became of the records so far. */
  readonly describe: () => {
    readonly delivered: number;
    readonly twice: number;
    readonly lost: number;
  };
}

/**
 * Everything in its order, once, after two seconds.
 *
 * AWS: documented is neither a delay nor an order, and delivery is best effort.
 */
export const PERFECT_TRAIL: TrailRules = { delayMs: 2000, spreadMs: 0, duplicates: 0, losses: 0 };

/** Creates the delivery of an account; the same seed and calls meet the same fate. */
export function createTrailDelivery(
  seed: number,
  changes: Partial<TrailRules> = {},
): TrailDelivery {
  const random = createRandom(seed);
  const counts = { delivered: 0, twice: 0, lost: 0 };
  let rules = { ...PERFECT_TRAIL, ...changes };
  const delay = () => rules.delayMs + Math.round(random() * rules.spreadMs);
  return {
    rules: () => rules,
    change: (wanted) => {
      rules = { ...rules, ...wanted };
    },
    next: () => {
      if (random() < rules.losses) {
        counts.lost += 1;
        return [];
      }
      counts.delivered += 1;
      if (random() >= rules.duplicates) return [delay()];
      counts.twice += 1;
      return [delay(), delay()];
    },
    describe: () => ({ ...counts }),
  };
}

import type { AccountCore, Gate } from '../account-core.ts';
import { throttled } from '../faults/throttled.ts';
import { quotaOf } from './api-quotas.ts';
import { createTokenBucket, type Rate, type TokenBucket } from './token-bucket.ts';

/** How much of a quota is left. */
export interface QuotaUse extends Rate {
  readonly name: string;
  readonly left: number;
  /** Calls that were refused since the account was started. */
  readonly refused: number;
}

/** AWS's request rates, as this account holds its callers to them. */
export interface ApiThrottle {
  readonly gate: Gate;
  readonly isOn: () => boolean;
  readonly turn: (on: boolean) => void;
  /** The quotas that calls counted against so far. */
  readonly describe: () => readonly QuotaUse[];
}

interface Counted {
  readonly rate: Rate;
  readonly bucket: TokenBucket;
  refused: number;
}

/**
 * Creates what refuses calls over AWS's request rates, in virtual time.
 *
 * Calls that CloudFormation makes for its caller count, but are not refused: AWS's waits and tries again.
 */
export function createApiThrottle({ clock }: Pick<AccountCore, 'clock'>, on: boolean): ApiThrottle {
  const counted = new Map<string, Counted>();
  let isOn = on;
  const countedFor = (name: string, rate: Rate): Counted => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    const made = { rate, bucket: createTokenBucket(rate, clock.nowMs()), refused: 0 };
    counted.set(name, made);
    return made;
  };
  return {
    isOn: () => isOn,
    turn: (wanted) => {
      isOn = wanted;
    },
    gate: ({ service, operation, input, caller }) => {
      if (!isOn) return;
      const quota = quotaOf({ service: service.name, operation: operation.name, input });
      if (quota === undefined) return;
      const name = quota.isPerOperation ? `${quota.name} ${operation.name}` : quota.name;
      const use = countedFor(name, { burst: quota.burst, perSecond: quota.perSecond });
      if (use.bucket.take(clock.nowMs()) || caller.invokedBy !== undefined) return;
      use.refused += 1;
      throw throttled(service.name);
    },
    describe: () =>
      [...counted].map(([name, { rate, bucket, refused }]) => ({
        name,
        ...rate,
        left: bucket.left(clock.nowMs()),
        refused,
      })),
  };
}

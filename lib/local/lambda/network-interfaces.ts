import type { VirtualClock } from '../clock.ts';
import type { Durations } from './lambda-context.ts';
import type { Attachment } from './stored-function.ts';

/** The network interfaces that Lambda keeps in the account's subnets. */
export interface NetworkInterfaces {
  /** Makes what an attachment lacks and answers how long that takes. */
  readonly prepare: (attachment: Attachment | undefined) => number;
  /** Removes what nobody uses any more. */
  readonly reclaim: () => void;
  /** Removes what nobody uses any more, as late as Lambda does. */
  readonly reclaimLater: () => void;
}

/**
 * Creates the account's Lambda network interfaces: one for each subnet and set of groups, shared by all functions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export function createNetworkInterfaces(from: {
  readonly clock: VirtualClock;
  readonly durations: Durations;
  /** Every attachment that some function holds now. */
  readonly inUse: () => readonly Attachment[];
}): NetworkInterfaces {
  const { clock, durations, inUse } = from;
  const readyAtMs = new Map<string, number>();

  const reclaim = (): void => {
    const used = new Set(inUse().flatMap(combinationsOf));
    for (const combination of readyAtMs.keys()) {
      if (!used.has(combination)) readyAtMs.delete(combination);
    }
  };

  return {
    prepare: (attachment) => {
      const combinations = attachment === undefined ? [] : combinationsOf(attachment);
      if (combinations.length === 0) return durations.plainMs;
      const nowMs = clock.nowMs();
      for (const combination of combinations) {
        if (!readyAtMs.has(combination)) readyAtMs.set(combination, nowMs + durations.firstUseMs);
      }
      const waits = combinations.map((combination) => (readyAtMs.get(combination) ?? 0) - nowMs);
      return Math.max(durations.sharedMs, ...waits);
    },
    reclaim,
    reclaimLater: () => {
      clock.after(durations.removalMs, reclaim);
    },
  };
}

function combinationsOf({ SubnetIds, SecurityGroupIds }: Attachment): readonly string[] {
  const groups = [...SecurityGroupIds].sort().join(',');
  return SubnetIds.map((subnetId) => `${subnetId}/${groups}`);
}

/** Somebody who works, and who may himself wait for time to pass. */
export interface Party {
  readonly works: () => void;
  readonly waits: () => void;
  /** The end: time does not ask for this party any more. */
  readonly leave: () => void;
}

/** Everybody whom the clock asks before it moves on. */
export interface Parties {
  /** `look` is called now and then while time is held up: the party then finds out whether it only waits. */
  readonly enlist: (look: () => void) => Party;
  readonly areWorking: () => boolean;
  /** Somebody waits for time, and nobody works. */
  readonly areWaiting: () => boolean;
  /** Ends with the next change of any party. */
  readonly changed: () => Promise<void>;
  readonly look: () => void;
}

/** Creates an empty list of parties. */
export function createParties(): Parties {
  const working = new Map<Party, () => void>();
  const waiting = new Set<Party>();
  let next = Promise.withResolvers<void>();
  const change = (): void => {
    next.resolve();
    next = Promise.withResolvers<void>();
  };
  return {
    enlist: (look) => {
      let isHere = true;
      const party: Party = {
        works: () => {
          if (!isHere) return;
          waiting.delete(party);
          working.set(party, look);
          change();
        },
        waits: () => {
          if (!isHere) return;
          working.delete(party);
          waiting.add(party);
          change();
        },
        leave: () => {
          isHere = false;
          working.delete(party);
          waiting.delete(party);
          change();
        },
      };
      party.works();
      return party;
    },
    areWorking: () => working.size > 0,
    areWaiting: () => waiting.size > 0 && working.size === 0,
    changed: () => next.promise,
    look: () => {
      for (const look of [...working.values()]) look();
    },
  };
}

/** Chance that the same seed repeats. */
export interface Random {
  readonly chance: (probability: number) => boolean;
  /** A number from one to below another. */
  readonly between: (min: number, max: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** One of some names, each as likely as its weight says. */
  readonly weighed: <Name extends string>(weights: Readonly<Record<Name, number>>) => Name;
}

/** Creates chance from a seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick: Random['pick'] = (items) => {
    if (items.length === 0) throw new Error('there is nothing to pick from');
    return items[Math.floor(next() * items.length)] as (typeof items)[number];
  };
  return {
    chance: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    pick,
    weighed: (weights) => {
      const names = Object.keys(weights) as (keyof typeof weights)[];
      const total = names.reduce((sum, name) => sum + weights[name], 0);
      let left = next() * total;
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      return pick(names);
    },
  };
}

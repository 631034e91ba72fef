/** Gives Node 20 what the sources use and only later ones have; every built file loads it first. */
Object.groupBy ??= (items, keyOf) =>
  Object.setPrototypeOf(Object.fromEntries(Map.groupBy(items, keyOf)), null);

Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

Promise.withResolvers ??= () => {
  const parts = {} as PromiseWithResolvers<unknown>;
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return Object.assign(parts, { promise }) as never;
};

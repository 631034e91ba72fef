/** Finds each thing once; forgets all of them where there come to be more than so many. */
export function remember<Found>(
  most: number,
  find: (name: string) => Found,
): (name: string) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before.found;
    const found = find(name);
    if (known.size >= most) known.clear();
    known.set(name, { found });
    return found;
  };
}

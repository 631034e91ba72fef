/**
 * Names a thing by what it is made of: the same parts have the same id, everywhere and always.
 *
 * FNV-1a over code points, 64 bits: an id to recognise, never to protect.
 */
export function stableId(...parts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of parts.join('\u0000')) {
    hash ^= BigInt(character.codePointAt(0) ?? 0);
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

/**
 * Names a thing by what it is made of: the same parts have the same id, everywhere and always.
 *
 * FNV-1a over UTF-16 units, 64 bits: an id to recognise, never to protect.
 */
export function stableId(...parts: readonly string[]): string {
  const text = parts.join('\u0000');
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= BigInt(text.charCodeAt(index));
    hash = (hash * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

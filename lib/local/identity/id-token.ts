import { createHash } from 'node:crypto';

/** The letters of an id that never changes for the same seed. */
export function idToken(seed: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bytes = createHash('sha512').update(seed).digest();
  return Array.from({ length }, (_, index) => alphabet[(bytes[index] ?? 0) % 32]).join('');
}

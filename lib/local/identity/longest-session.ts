import type { Principal } from './principals.ts';

/** How many seconds a session of a role lasts at most. */
export function longestSession({ maxSessionSeconds = 3600 }: Principal): number {
  return maxSessionSeconds;
}

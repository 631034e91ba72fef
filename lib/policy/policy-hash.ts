import { createHash } from 'node:crypto';
import type { Exemption } from '../../functions/core/policy.ts';

const ID_LENGTH = 16;

/** Equal values have equal hashes, whatever the order of their keys. */
export function hashOf(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)),
        )
      : member,
  );
  return createHash('sha256').update(canonical).digest('hex');
}

/** Names an exemption by what it says; in which order it names functions and controls does not matter. */
export function exemptionId(exemption: Omit<Exemption, 'id'>): string {
  const { functions, controls } = exemption;
  const sorted = { functions: functions.toSorted(), controls: controls.toSorted() };
  return hashOf({ ...exemption, ...sorted }).slice(0, ID_LENGTH);
}

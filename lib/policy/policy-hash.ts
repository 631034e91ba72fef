import { createHash } from 'node:crypto';
import { isRecord } from '../../functions/core/json-value.ts';
import type { Exemption } from '../../functions/core/policy.ts';

const ID_LENGTH = 16;

/** Equal values have equal hashes, whatever the order of their keys. */
export function hashOf(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(
          Object.keys(member)
            .toSorted()
            .map((key) => [key, member[key]]),
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

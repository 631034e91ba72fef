import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';

/** A policy without documents that enables LVG.1 only, in audit, but for what a test cares about. */
export function policyOf(parts: Partial<CompiledPolicy> = {}): CompiledPolicy {
  return {
    version: 1,
    hash: 'test',
    mode: 'audit',
    access: [],
    controls: Object.fromEntries(
      CONTROLS.map(({ id, defaults }) => [id, { ...defaults, enabled: id === 'LVG.1' }]),
    ),
    autoRelease: true,
    idle: { report: true, wake: [] },
    sweep: { everyHours: 6, share: 0.3, versions: true },
    limits: {
      accountRemediations: { max: 25, perMinutes: 15 },
      functionReverts: { max: 3, perMinutes: 60 },
    },
    exemptions: [],
    trustedTags: [],
    notify: { minimumSeverity: 'medium', exemptionExpiryDays: 7 },
    ...parts,
  };
}

import { functionNotInactive } from '../../../functions/core/controls/function-not-inactive.ts';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { quote } from '../../../functions/core/quote.ts';
import { UsageError } from '../usage-error.ts';

/** Reads the ids of controls, separated by spaces or commas, in either case; refuses what is none. */
export function parseControls(given: readonly string[]): readonly string[] {
  const controlIds = given.flatMap((text) => text.toUpperCase().split(','));
  const known = CONTROLS.map(({ id }) => id);
  const wrong = controlIds.filter((id) => !known.includes(id));
  if (wrong.length === 0) return controlIds;
  const named = wrong.map((id) => quote(id)).join(', ');
  throw new UsageError(`\`--control\`: expected one of ${known.join(', ')}, got ${named}`);
}

/** Leaves of a policy only some controls, so that nothing is read for the others; what is off is switched on. */
export function keepToControls(
  policy: CompiledPolicy,
  controlIds: readonly string[],
): CompiledPolicy {
  if (controlIds.length === 0) return policy;
  const controls = CONTROLS.map(({ id, defaults }) => {
    const settings = policy.controls[id] ?? defaults;
    return [id, { ...settings, enabled: controlIds.includes(id) }] as const;
  });
  return {
    ...policy,
    controls: Object.fromEntries(controls),
    idle: { ...policy.idle, report: controlIds.includes(functionNotInactive.id) },
  };
}

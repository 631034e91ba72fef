import { endOf } from '../../../functions/core/exemption.ts';
import { countStatements } from '../../../functions/core/iam/document.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { compilePolicy } from '../../policy/compile-policy.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { type Checked, renderCheck } from './render-check.ts';

const MS_PER_DAY = 86_400_000;

/** Compiles a policy, and says what it comes to or everything that is wrong with it. */
export function checkPolicy(
  file: string,
  { format }: { readonly format: Format },
  terminal: Terminal,
): ExitStatus {
  const { nowMs } = terminal;
  const compiled = compilePolicy(file, { nowMs });
  if (!compiled.ok) {
    for (const fault of compiled.faults) terminal.tell(fault);
    if (format === 'json') terminal.print(toJson({ file, faults: compiled.faults }));
    return EXIT.badInput;
  }
  const checked = toChecked(file, compiled.policy, nowMs);
  terminal.print(
    format === 'json' ? toJson({ ...checked, faults: [] }) : renderCheck(checked, terminal),
  );
  return EXIT.clean;
}

function toChecked(file: string, policy: CompiledPolicy, nowMs: number): Checked {
  const { mode, hash, access, controls, exemptions } = policy;
  return {
    file,
    mode,
    hash,
    documents: access.map((document) => {
      const { all, unrelated } = countStatements([document]);
      return { name: document.name, statements: all, unrelated };
    }),
    controls: Object.entries(controls)
      .filter(([, { enabled }]) => enabled)
      .map(([id]) => id),
    exemptions: exemptions.map((exemption) => {
      const { functions, controls: covered, owner, expires } = exemption;
      const daysLeft = Math.max(0, Math.ceil((endOf(exemption) - nowMs) / MS_PER_DAY));
      return { functions, controls: covered, owner, expires, daysLeft };
    }),
  };
}

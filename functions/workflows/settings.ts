import type { ControlContext } from '../core/controls/control.ts';
import type { CompiledPolicy } from '../core/policy.ts';
import type { Deployment } from './ports.ts';

/** What a workflow judges by; fixed for the life of an execution environment. */
export interface Settings {
  readonly policy: CompiledPolicy;
  readonly controls: ControlContext;
  readonly deployment: Deployment;
}

import { inject } from 'vitest';

/** The folder of the assembly that this run synthesized; throws the reason when there is none. */
export function readAssembly(): string {
  const { folder, fault } = inject('assembly');
  if (fault !== undefined) throw new Error(fault);
  return folder;
}

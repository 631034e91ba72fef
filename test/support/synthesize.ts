import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runApp } from './run-app.ts';

/** The policy that the whole run is synthesized with. */
const POLICY = 'policies/demo/guardrail.yaml';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What `readAssembly` answers from. */
    readonly assembly: {
      readonly folder: string;
      readonly policy: string;
      /** Why there is no assembly. */
      readonly fault?: string;
    };
  }
}

/** Synthesizes the real app once for the whole run; tests that need it read where through `readAssembly`. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'guardrail-assembly-'));
  const { exitCode, stderr } = await runApp({ folder, context: { policy: POLICY }, isQuick: true });
  if (exitCode === 0) {
    project.provide('assembly', { folder, policy: POLICY });
  } else {
    const fault = `the app could not be synthesized (exit ${exitCode}):\n${stderr}`;
    process.stderr.write(`${fault}\n`);
    project.provide('assembly', { folder, policy: POLICY, fault });
  }
  return () => rmSync(folder, { recursive: true, force: true });
}

import { vi } from 'vitest';
import { main } from '../../lib/cli/main.ts';

/** What a command line came to. */
export interface Typed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function typeCommand(...args: readonly string[]): Promise<Typed> {
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += chunk;
      return true;
    }),
  );
  const listening = vi.spyOn(process.stdout, 'on').mockReturnThis();
  try {
    const status = await main(['node', 'lambda-vpc-guardrail', ...args]);
    return { status, ...said };
  } finally {
    for (const spy of [...spies, listening]) spy.mockRestore();
  }
}

import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addExplain } from '../../../lib/cli/explain/commands.ts';

it.each([['--policy', 'guardrail.yaml'], ['--quick']])(
  'reads nothing that could be judged where only the table is asked: %s',
  async (...option) => {
    const program = new Command().exitOverride();
    addExplain(program, () => undefined);
    for (const command of program.commands) {
      command.exitOverride().configureOutput({ writeErr: () => undefined });
    }
    const argv = ['node', 'cli', 'explain', 'orders-api', '--recorded', ...option];

    await expect(program.parseAsync(argv)).rejects.toMatchObject({
      code: 'commander.conflictingOption',
    });
  },
);

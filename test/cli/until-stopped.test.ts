import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { untilStopped } from '../../lib/cli/until-stopped.ts';

const BIN = fileURLToPath(new URL('../../bin/lambda-vpc-guardrail.js', import.meta.url));
const ARGUMENTS = [BIN, 'local', '--port', '0', '--speed', '0'];

describe('untilStopped', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with %s', async (signal) => {
    const stopped = untilStopped();
    const listening = process.listenerCount(signal);
    process.emit(signal);
    await stopped;
    expect(process.listenerCount(signal)).toBe(listening - 1);
  });
});

/** Starts a process in a group of its own, of which nothing is left when the test is over. */
function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  onTestFinished(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing is left already.
    }
  });
  return child;
}

/** Answers once the account is served; everything that is said is collected. */
async function served(child: ChildProcess): Promise<() => string> {
  let said = '';
  child.stdout?.setEncoding('utf8');
  while (!said.includes('Ctrl-C')) {
    const [chunk] = await once(child.stdout ?? child, 'data');
    said += chunk;
  }
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  return () => said;
}

describe('the command `local`', () => {
  it('stops with SIGTERM, with exit status 0', async () => {
    const child = start(process.execPath, ARGUMENTS, { stdio: ['ignore', 'pipe', 'ignore'] });
    const said = await served(child);
    child.kill('SIGTERM');
    const [status] = await once(child, 'close');
    expect(status).toBe(0);
    expect(said()).toMatch(/stopped\n$/);
  });

  it('stops when whoever holds its input is gone', async () => {
    const child = start(process.execPath, ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore'] });
    await served(child);
    child.stdin?.end();
    const [status] = await once(child, 'close');
    expect(status).toBe(0);
  });

  it('stops when the `npx` that started it is gone', async () => {
    const line = `${[process.execPath, ...ARGUMENTS].join(' ')} & wait`;
    const child = start('sh', ['-c', line], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, npm_command: 'exec' },
    });
    const said = await served(child);
    child.kill('SIGKILL');
    // Its output is closed only when the process behind the shell has ended too.
    await once(child, 'close');
    expect(said()).toMatch(/stopped\n$/);
  });
});

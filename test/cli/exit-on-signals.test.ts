import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

describe('the demonstration when it is interrupted', () => {
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'interrupted-'));
  });

  afterEach(() => rm(temporary, { recursive: true, force: true }));

  it.each([
    { said: 'synthesizing', signal: 'SIGINT', status: 130 },
    { said: 'deployed the stack', signal: 'SIGTERM', status: 143 },
  ] as const)(
    'leaves nothing behind on $signal after “$said”',
    async ({ said, signal, status }) => {
      const child = spawn(process.execPath, ['bin/lambda-vpc-guardrail.js', 'demo'], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, TMPDIR: temporary },
      });
      await untilSaid(child.stdout, said);

      child.kill(signal);
      const [code] = await once(child, 'close');

      expect(code).toBe(status);
      expect(await readdir(temporary)).toEqual([]);
    },
  );

  it('ends without a fault when its reader stops reading', async () => {
    const child = spawn(process.execPath, ['bin/lambda-vpc-guardrail.js', 'demo'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    await once(child.stdout, 'data');

    child.stdout.destroy();
    const [code] = await once(child, 'close');

    expect(code).toBe(0);
    expect(Buffer.concat(errors).toString('utf8')).toBe('');
    expect(await readdir(temporary)).toEqual([]);
  });
});

/** Goes on reading: a reader that stops would end the run by itself. */
function untilSaid(stdout: Readable, text: string): Promise<void> {
  return new Promise((resolve) => {
    stdout.on('data', (chunk: Buffer) => {
      if (String(chunk).includes(text)) resolve();
    });
  });
}

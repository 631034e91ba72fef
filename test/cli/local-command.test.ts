import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { runLocal } from '../../lib/cli/local-command.ts';
import { UsageError } from '../../lib/cli/usage-error.ts';

/** Runs `local` until it has said everything, with something done before it is stopped. */
async function run(
  options: { port: number; speed: number; quotas?: boolean },
  act: (endpoint: string) => Promise<void>,
) {
  const lines: string[] = [];
  await runLocal(options, {
    log: (line) => lines.push(line),
    untilStopped: async () => {
      await Promise.resolve();
      await act(/http:\S+/.exec(lines.join('\n'))?.[0] ?? '');
    },
  });
  return lines;
}

describe('runLocal', () => {
  it('serves an account, says how to use it, and stops', async () => {
    let endpoint = '';
    const lines = await run({ port: 0, speed: 10 }, async (served) => {
      endpoint = served;
      expect((await fetch(`${served}/_local/clock`)).status).toBe(200);
    });
    expect(lines).toEqual([
      `local AWS account 123456789012 on ${endpoint}`,
      'use it with the AWS CLI:',
      `  export AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1`,
      '  aws lambda list-functions',
      `  aws sqs list-queues --endpoint-url ${endpoint}`,
      `look at it and steer it: curl ${endpoint}/_local/`,
      'its time passes 10 times as fast as real time; stop it with Ctrl-C',
      'stopped',
    ]);
    await expect(fetch(`${endpoint}/_local/clock`)).rejects.toThrow();
  });

  it('says that time stands still at speed 0', async () => {
    const lines = await run({ port: 0, speed: 0 }, async () => {});
    expect(lines).toContain('its time stands still until it is advanced; stop it with Ctrl-C');
  });

  it.each([
    [{}, true],
    [{ quotas: false }, false],
  ])('holds callers to the request rates with %j: %s', async (options, on) => {
    await run({ port: 0, speed: 0, ...options }, async (served) => {
      const answer = await fetch(`${served}/_local/quotas`);
      expect(await answer.json()).toMatchObject({ on });
    });
  });

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = Object(other.address());
    const refused = run({ port, speed: 10 }, async () => {});
    await expect(refused).rejects.toThrow(
      new UsageError(`port ${port} is taken: choose another one with --port`),
    );
    other.close();
  });

  it('passes on whatever else goes wrong', async () => {
    await expect(run({ port: -1, speed: 10 }, async () => {})).rejects.toThrow('port is `-1`');
  });
});

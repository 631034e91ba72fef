import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { watchCalls } from '../../../lib/cli/doctor/watch-calls.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);

/** Makes one call to a server that answers as it is told to. */
async function call(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  const calls = watchCalls(() => NOW_MS, 50);
  const client = new STSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: calls.clock.createRequestHandler(),
  });
  const error = await client.send(new GetCallerIdentityCommand({})).catch((thrown) => thrown);
  client.destroy();
  server.closeAllConnections();
  server.close();
  return { calls, message: (error as Error).message, port };
}

describe('watchCalls', () => {
  it('gives up an answer that does not come', async () => {
    const { calls, message, port } = await call(() => {});

    expect(message).toBe('no answer within 0.05 seconds');
    expect(calls.endpoints()).toEqual([`http://127.0.0.1:${port}`]);
    expect(calls.aheadMs()).toBeUndefined();
  });

  it('notes how far the clock is off, of errors too', async () => {
    const { calls } = await call((_, response) => {
      response.writeHead(403, { date: 'Sun, 22 Nov 2026 11:50:00 GMT' }).end();
    });

    expect(calls.aheadMs()).toBe(600_000);
  });
});

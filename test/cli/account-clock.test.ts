import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { createAccountClock } from '../../lib/cli/account-clock.ts';

const HOST_MS = Date.UTC(2026, 10, 1);
const LATER = 'Mon, 07 Dec 2026 03:49:02 GMT';
const EARLIER = 'Sun, 22 Nov 2026 09:00:00 GMT';

/** Asks something that answers with these headers, and tells the time by them. */
async function timeAfter(headers: OutgoingHttpHeaders, status = 200): Promise<string> {
  const server = createServer((_, response) => {
    response.sendDate = false;
    response.writeHead(status, headers).end('<GetCallerIdentityResponse/>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = createAccountClock(HOST_MS);
  const client = new STSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: clock.createRequestHandler(),
  });
  await client.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  client.destroy();
  server.close();
  return new Date(clock.nowMs()).toISOString();
}

describe('createAccountClock', () => {
  it.each([
    ['what an answer says', { date: LATER }, 200, '2026-12-07T03:49:02.000Z'],
    ['what a refusal says', { date: LATER }, 403, '2026-12-07T03:49:02.000Z'],
    [
      'the own time of a local account before the real one',
      { date: EARLIER, 'x-local-account-date': LATER },
      200,
      '2026-12-07T03:49:02.000Z',
    ],
    ['this machine where no answer tells a time', {}, 200, '2026-11-01T00:00:00.000Z'],
    ['this machine where the time is none', { date: 'soon' }, 200, '2026-11-01T00:00:00.000Z'],
  ])('goes by %s', async (_, headers, status, expected) => {
    expect(await timeAfter(headers, status)).toBe(expected);
  });
});

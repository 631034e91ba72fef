import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { keepToQuotas } from '../../functions/runtime/paced-calls.ts';

const FunctionName = 'orders';

/** A client whose answers a test decides, and what its calls waited. */
function pacedClient(statuses: readonly number[] = []) {
  const waits: number[] = [];
  const left = [...statuses];
  const client = new LambdaClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 2,
    requestHandler: {
      handle: async () => {
        const statusCode = left.shift() ?? 200;
        const headers = {
          'content-type': 'application/json',
          ...(statusCode === 429 ? { 'x-amzn-errortype': 'TooManyRequestsException' } : {}),
        };
        const body = new TextEncoder().encode('{}');
        return { response: new HttpResponse({ statusCode, headers, body }) };
      },
    },
  });
  keepToQuotas(client, { nowMs: () => 0, sleep: async (ms) => void waits.push(Math.round(ms)) });
  return { client, waits };
}

const reserve = () =>
  new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 });

describe('keepToQuotas', () => {
  it("spreads the control plane's calls over half of its quota", async () => {
    const { client, waits } = pacedClient();

    for (let call = 0; call < 9; call += 1) await client.send(reserve());

    expect(waits).toEqual([133, 267]);
  });

  it('counts the reads of functions apart, and invocations not at all', async () => {
    const { client, waits } = pacedClient();

    for (let call = 0; call < 7; call += 1) await client.send(reserve());
    for (let call = 0; call < 51; call += 1)
      await client.send(new GetFunctionCommand({ FunctionName }));
    for (let call = 0; call < 200; call += 1)
      await client.send(new InvokeCommand({ FunctionName }));

    expect(waits).toEqual([20]);
  });

  it('makes way when AWS refuses a call, and lets the next attempt take a turn', async () => {
    const { client, waits } = pacedClient([429]);

    await client.send(reserve());

    expect(waits).toEqual([267]);
  });

  it('goes on at its pace after any other error', async () => {
    const { client, waits } = pacedClient([403]);

    await expect(client.send(reserve())).rejects.toThrow();

    expect(waits).toEqual([]);
  });
});

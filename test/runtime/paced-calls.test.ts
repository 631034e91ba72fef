import { DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { HttpResponse } from '@smithy/core/protocols';
import { describe, expect, it } from 'vitest';
import { ENFORCE_RATES, sweepRates } from '../../functions/core/lambda-quotas.ts';
import type { Waiting } from '../../functions/runtime/pace.ts';
import { keepToBuckets, keepToQuotas } from '../../functions/runtime/paced-calls.ts';

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
  const waiting: Waiting = {
    nowMs: () => 0,
    sleep: async (ms) => void waits.push(Math.round(ms)),
  };
  keepToQuotas(client, ENFORCE_RATES, waiting);
  return { client, waits, waiting };
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

describe('keepToQuotas at the pace of a sweep', () => {
  it('takes its share of the control plane, evenly spread, and the whole of the reads', async () => {
    const { client, waits, waiting } = pacedClient();
    keepToQuotas(client, sweepRates(0.2), waiting);

    for (let call = 0; call < 4; call += 1) await client.send(new ListFunctionsCommand());
    expect(waits).toEqual([333, 667, 1000]);
    waits.length = 0;
    for (let call = 0; call < 12; call += 1) {
      await client.send(new GetFunctionCommand({ FunctionName }));
    }

    expect(waits).toEqual([10, 20]);
  });

  it('has a client that is composed twice take turns once, at the pace that came last', async () => {
    const { client, waits, waiting } = pacedClient();
    keepToQuotas(client, sweepRates(1), waiting);
    keepToQuotas(client, sweepRates(0.5), waiting);
    keepToQuotas(client, sweepRates(0.2), waiting);

    for (let call = 0; call < 2; call += 1) await client.send(new ListFunctionsCommand());

    expect(waits).toEqual([333]);
  });
});

describe('keepToBuckets', () => {
  /** An EC2 client whose answers a test decides, and what its calls waited. */
  function pacedEc2(statuses: readonly number[] = []) {
    const waits: number[] = [];
    const left = [...statuses];
    const client = new EC2Client({
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 2,
      requestHandler: {
        handle: async () => {
          const statusCode = left.shift() ?? 200;
          const xml =
            statusCode === 503
              ? '<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>'
              : '<Response/>';
          const body = new TextEncoder().encode(xml);
          return { response: new HttpResponse({ statusCode, headers: {}, body }) };
        },
      },
    });
    const sleep = async (ms: number) => void waits.push(Math.round(ms));
    keepToBuckets(client, { nowMs: () => 0, sleep });
    return { client, waits };
  }

  it('gives each call a bucket of its own', async () => {
    const { client, waits } = pacedEc2();

    for (let call = 0; call < 100; call += 1) {
      await client.send(new DescribeSubnetsCommand());
      await client.send(new DescribeVpcsCommand());
    }
    expect(waits).toEqual([]);
    await client.send(new DescribeSubnetsCommand());

    expect(waits).toEqual([50]);
  });

  it('makes way for the call that AWS refuses, and not for the others', async () => {
    const { client, waits } = pacedEc2([503]);

    await client.send(new DescribeSubnetsCommand());
    expect(waits).toEqual([100]);
    await client.send(new DescribeVpcsCommand());

    expect(waits).toEqual([100]);
  });
});

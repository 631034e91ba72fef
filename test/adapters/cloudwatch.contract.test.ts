import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadLastInvocations } from '../../functions/adapters/cloudwatch.ts';
import { createCloudwatchService } from '../../lib/local/cloudwatch/cloudwatch-service.ts';
import { createMetrics, type Metrics } from '../../lib/local/cloudwatch/metrics.ts';
import { START_MS, type StartedAccount, startAccount } from '../local/start-account.ts';

const DAY_MS = 24 * 3_600_000;
/** The account starts at ten o'clock. */
const FIRST_DAY_MS = START_MS - 10 * 3_600_000;

let account: StartedAccount;
let metrics: Metrics;

beforeAll(async () => {
  account = await startAccount();
  metrics = createMetrics(account.core.clock);
  account.core.services.set('monitoring', createCloudwatchService(metrics));
});

afterAll(async () => {
  await account.stop();
});

const invoke = (functionName: string, alias?: string) =>
  metrics.noteInvocation({
    functionName,
    version: '1',
    ...(alias === undefined ? {} : { alias }),
  });

const read = (functionNames: readonly string[], credentials = account.user('reader', READS)) =>
  createReadLastInvocations(account.settings(credentials), account.core.clock.nowMs)(functionNames);

const READS = { Effect: 'Allow', Action: 'cloudwatch:GetMetricData', Resource: '*' };

describe('readLastInvocations against the local account', () => {
  it('answers the day for as long as CloudWatch keeps it', async () => {
    invoke('old');
    invoke('orders-api', 'live');
    await account.core.clock.advance(200 * DAY_MS);
    invoke('orders-api');
    const names = ['old', 'orders-api', 'never', 'Orders-API'];

    const after200 = await read(names);
    await account.core.clock.advance(254 * DAY_MS);
    const after454 = await read(names);
    await account.core.clock.advance(DAY_MS);
    const after455 = await read(names);

    const old = ['old', FIRST_DAY_MS] as const;
    const orders = ['orders-api', FIRST_DAY_MS + 200 * DAY_MS] as const;
    expect(after200).toEqual(new Map([old, orders]));
    expect(after454).toEqual(after200);
    expect(after455).toEqual(new Map([orders]));
  });

  it('asks about more functions than go into one call', async () => {
    const names = Array.from({ length: 201 }, (_, index) => `fn-${index}`);
    invoke('fn-0');
    invoke('fn-200');

    expect([...(await read(names)).keys()]).toEqual(['fn-0', 'fn-200']);
  });

  it('says whose permission is missing', async () => {
    await expect(read(['f'], account.user('stranger'))).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: expect.stringContaining(
        'could not read when functions were last invoked: AccessDenied: User: arn:aws:iam::123456789012:user/stranger is not authorized to perform: cloudwatch:GetMetricData',
      ),
    });
  });
});

import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  type MetricStat,
} from '@aws-sdk/client-cloudwatch';
import { CreateAliasCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { START_MS } from '../full-account.ts';
import { type AttachedAccount, startAttachedAccount } from '../lambda/attached-account.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const LAST_MS = START_MS + 20 * DAY_MS + 4 * MINUTE_MS;
const NAMES = { FunctionName: 'orders-api' };

let account: AttachedAccount;
let client: CloudWatchClient;

/** Twice at first, by an alias a minute later, and after twenty days in vain and then again. */
beforeAll(async () => {
  account = await startAttachedAccount();
  client = new CloudWatchClient(account.settings());
  const { advance, create, invoke, lambda, publish } = account;
  await create('orders-api');
  await advance(2 * MINUTE_MS);
  await publish('orders-api');
  await lambda.send(new CreateAliasCommand({ ...NAMES, Name: 'live', FunctionVersion: '1' }));
  await invoke('orders-api');
  await invoke('orders-api');
  await advance(MINUTE_MS);
  await invoke('orders-api', { Qualifier: 'live' });
  await advance(20 * DAY_MS - MINUTE_MS);
  await expect(invoke('orders-api')).rejects.toThrow('The function is inactive');
  await advance(2 * MINUTE_MS);
  await invoke('orders-api');
});

afterAll(async () => {
  client.destroy();
  await account.close();
});

const query = (
  dimensions: Readonly<Record<string, string>>,
  stat: Partial<MetricStat> = {},
): MetricDataQuery => ({
  Id: 'q',
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: 300,
    Stat: 'Sum',
    ...stat,
  },
});

const get = (queries: readonly MetricDataQuery[], input: Partial<GetMetricDataCommandInput> = {}) =>
  client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [...queries],
      StartTime: new Date(START_MS),
      EndTime: new Date(LAST_MS + MINUTE_MS),
      ...input,
    }),
  );

/** What one query is answered. */
const result = async (asked: MetricDataQuery, input: Partial<GetMetricDataCommandInput> = {}) =>
  (await get([asked], input)).MetricDataResults?.[0];

describe('GetMetricData', () => {
  it('counts the invocations that were run, newest first', async () => {
    expect(await result(query(NAMES))).toEqual({
      Id: 'q',
      Label: 'Invocations',
      Timestamps: [new Date(START_MS + 20 * DAY_MS), new Date(START_MS)],
      Values: [1, 3],
      StatusCode: 'Complete',
    });
  });

  it('answers oldest first where it is asked to', async () => {
    expect(await result(query(NAMES), { ScanBy: 'TimestampAscending' })).toMatchObject({
      Values: [3, 1],
    });
  });

  it.each([
    ['everything', {}, [4]],
    ['what was called unqualified', { ...NAMES, Resource: 'orders-api' }, [3]],
    ['an alias', { ...NAMES, Resource: 'orders-api:live' }, [1]],
    ['what served an alias', { Resource: 'orders-api:live', ...NAMES, ExecutedVersion: '1' }, [1]],
    ['a version that nobody called by its number', { ...NAMES, Resource: 'orders-api:1' }, []],
    ['another function', { FunctionName: 'bakery' }, []],
  ])('counts %s', async (_, dimensions, Values) => {
    expect(await result(query(dimensions, { Period: 30 * 86_400 }))).toMatchObject({ Values });
  });

  it.each([
    ['another unit', { Unit: 'Seconds' }],
    ['periods that are too short by now', { Period: 60 }],
  ] as const)('has no data points of %s', async (_, stat) => {
    const end = { EndTime: new Date(START_MS + DAY_MS) };

    expect(await result(query(NAMES, stat), end)).toMatchObject({ Values: [] });
  });

  it('says of another metric that it is not kept', async () => {
    const Metric = { Namespace: 'AWS/Lambda', MetricName: 'Errors' };

    expect(await result(query({}, { Metric }))).toMatchObject({
      Values: [],
      StatusCode: 'Complete',
      Messages: [{ Value: 'the local account keeps no metric but Invocations of AWS/Lambda' }],
    });
  });

  it('answers under the label that is given, and not what is not to be returned', async () => {
    const { MetricDataResults } = await get([
      { ...query(NAMES), Label: 'orders' },
      { ...query(NAMES), Id: 'hidden', ReturnData: false },
    ]);

    expect(MetricDataResults).toMatchObject([{ Id: 'q', Label: 'orders' }]);
  });

  it('answers page by page', async () => {
    const queries = ['one', 'two', 'three'].map((Id) => ({ ...query(NAMES), Id }));
    const pages = [];
    let NextToken: string | undefined;
    do {
      const page = await get(queries, { MaxDatapoints: 3, ...(NextToken ? { NextToken } : {}) });
      const { MetricDataResults: results = [] } = page;
      pages.push(results.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);

    expect(pages).toEqual([
      [
        ['one', [1, 3], 'Complete'],
        ['two', [1], 'PartialData'],
        ['three', [], 'PartialData'],
      ],
      [
        ['one', [], 'Complete'],
        ['two', [3], 'Complete'],
        ['three', [1, 3], 'Complete'],
      ],
    ]);
  });

  it('needs a permission that knows no resources', async () => {
    const reads = { Effect: 'Allow', Action: 'cloudwatch:GetMetricData' };
    const ann = account.user('ann', { ...reads, Resource: '*' });
    const bob = account.user('bob', { ...reads, Resource: 'arn:aws:cloudwatch:us-east-1:*:x' });
    const ask = (credentials: typeof ann) =>
      new CloudWatchClient(account.settings(credentials)).send(
        new GetMetricDataCommand({
          MetricDataQueries: [query(NAMES)],
          StartTime: new Date(START_MS),
          EndTime: new Date(LAST_MS),
        }),
      );

    await expect(ask(ann)).resolves.toBeDefined();
    await expect(ask(bob)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe('what GetMetricData refuses', () => {
  const at = (timeMs: number) => new Date(timeMs);

  it.each<[string, Partial<GetMetricDataCommandInput>]>([
    [
      'The parameter StartTime must not equal parameter EndTime.',
      { StartTime: at(LAST_MS), EndTime: at(LAST_MS) },
    ],
    [
      'The parameter StartTime must be less than the parameter EndTime.',
      { StartTime: at(LAST_MS + DAY_MS) },
    ],
    ['The value 0 for parameter MaxDatapoints is not from 1 to 100800.', { MaxDatapoints: 0 }],
    ['The value 100801 for parameter MaxDatapoints is', { MaxDatapoints: 100_801 }],
    [
      'The collection MetricDataQueries must not have a size greater than 500.',
      { MetricDataQueries: Array.from({ length: 501 }, () => query(NAMES)) },
    ],
    [
      'The values for parameter Id in MetricDataQueries are not unique.',
      { MetricDataQueries: [query(NAMES), query(NAMES)] },
    ],
  ])('%s', async (message, input) => {
    await expect(get([query(NAMES)], input)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, Partial<MetricDataQuery>]>([
    ['The value Q for parameter MetricDataQueries.member.1.Id is not matching', { Id: 'Q' }],
    ['Exactly one of MetricStat and Expression', { MetricStat: undefined }],
    ['Exactly one of MetricStat and Expression', { Expression: 'SUM(METRICS())' }],
    [
      'the local account computes no expressions',
      { MetricStat: undefined, Expression: 'SUM(METRICS())' },
    ],
    ['the local account has no metrics of others', { AccountId: '210987654321' }],
    ['MetricDataQueries.member.1.MetricStat.Period', query(NAMES, { Period: 0 })],
    ['The value 90 for parameter', query(NAMES, { Period: 90 })],
    ['The value p99 for parameter', query(NAMES, { Stat: 'p99' })],
    ['Namespace and MetricName are required', query(NAMES, { Metric: { MetricName: 'Errors' } })],
    [
      'Dimensions must not have a size greater than 30.',
      query(Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`d${index}`, 'x']))),
    ],
  ])('%s', async (message, part) => {
    await expect(get([{ ...query(NAMES), ...part }])).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it.each<[string, string, Partial<GetMetricDataCommandInput>]>([
    [
      'MissingRequiredParameterException',
      'The parameter MetricDataQueries is required.',
      { MetricDataQueries: [] },
    ],
    ['InvalidNextToken', 'The parameter NextToken is not valid.', { NextToken: 'x' }],
  ])('%s: %s', async (name, message, input) => {
    await expect(get([query(NAMES)], input)).rejects.toMatchObject({ name, message });
  });
});

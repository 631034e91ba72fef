import {
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createQuotas,
  INTERFACES_PER_VPC,
  type Quotas,
} from '../../../lib/local/service-quotas/quotas.ts';
import { createServiceQuotasService } from '../../../lib/local/service-quotas/service-quotas-service.ts';
import { type StartedAccount, startAccount } from '../start-account.ts';

let account: StartedAccount;
let quotas: Quotas;
let client: ServiceQuotasClient;

beforeEach(async () => {
  account = await startAccount();
  quotas = createQuotas();
  const service = createServiceQuotasService(account.core, quotas);
  account.core.services.set(service.name, service);
  client = new ServiceQuotasClient(account.settings());
});

afterEach(async () => {
  client.destroy();
  await account.stop();
});

const list = (input = {}) =>
  client.send(new ListServiceQuotasCommand({ ServiceCode: 'lambda', ...input }));

const get = (ServiceCode: string, QuotaCode: string) =>
  client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));

describe('ListServiceQuotas', () => {
  it('names the quota of network interfaces', async () => {
    const { Quotas: listed, NextToken } = await list();

    const quota = listed?.find(({ QuotaName }) => QuotaName === INTERFACES_PER_VPC);
    expect(quota).toEqual({
      ServiceCode: 'lambda',
      ServiceName: 'AWS Lambda',
      Description: 'How many network interfaces Lambda may keep in one VPC.',
      QuotaArn: `arn:aws:servicequotas:us-east-1:123456789012:lambda/${quota?.QuotaCode}`,
      QuotaCode: quota?.QuotaCode,
      QuotaName: 'Elastic network interfaces per VPC',
      Value: 500,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
      QuotaAppliedAtLevel: 'ACCOUNT',
    });
    expect(NextToken).toBeUndefined();
  });

  it('answers page by page, or one quota by its code', async () => {
    const all = (await list()).Quotas ?? [];

    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });

    expect([...(first.Quotas ?? []), ...(second.Quotas ?? [])]).toEqual(all);
    expect(first.Quotas).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
    expect((await list({ QuotaCode: all[1]?.QuotaCode })).Quotas).toEqual([all[1]]);
  });

  it.each([
    [
      { ServiceCode: 'nothing' },
      'NoSuchResourceException',
      'The specified resource does not exist.',
    ],
    [{ MaxResults: 101 }, 'IllegalArgumentException', 'MaxResults has to be from 1 to 100'],
    [{ MaxResults: 0 }, 'IllegalArgumentException', 'MaxResults has to be from 1 to 100'],
    [
      { NextToken: 'x' },
      'InvalidPaginationTokenException',
      'Invalid pagination token was provided',
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(list(input)).rejects.toMatchObject({ name, message });
  });
});

describe('GetServiceQuota', () => {
  it('answers the value that was set last', async () => {
    const { Quotas: listed } = await list();
    const code = listed?.find(({ QuotaName }) => QuotaName === INTERFACES_PER_VPC)?.QuotaCode ?? '';

    quotas.set('lambda', INTERFACES_PER_VPC, 3);

    expect((await get('lambda', code)).Quota).toMatchObject({ QuotaCode: code, Value: 3 });
    expect(createQuotas().list('lambda')).toContainEqual(expect.objectContaining({ value: 500 }));
  });

  it.each([
    ['lambda', 'L-NOTHING'],
    ['nothing', 'L-NOTHING'],
  ])('finds nothing at %s %s', async (serviceCode, quotaCode) => {
    await expect(get(serviceCode, quotaCode)).rejects.toMatchObject({
      name: 'NoSuchResourceException',
      message: 'The specified resource does not exist.',
    });
  });

  it('is refused to who may only list', async () => {
    const credentials = account.user('ann', {
      Effect: 'Allow',
      Action: 'servicequotas:ListServiceQuotas',
      Resource: '*',
    });
    const ann = new ServiceQuotasClient(account.settings(credentials));

    await expect(
      ann.send(new ListServiceQuotasCommand({ ServiceCode: 'lambda' })),
    ).resolves.toBeDefined();
    await expect(
      ann.send(new GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: 'L-1' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: servicequotas:GetServiceQuota on resource: * because no identity-based policy allows the servicequotas:GetServiceQuota action',
    });
  });
});

describe('createQuotas', () => {
  it('sets no quota that there is not', () => {
    expect(() => quotas.set('lambda', 'Wishes', 3)).toThrow('no quota `Wishes` of `lambda`');
    expect(() => quotas.set('ec2', INTERFACES_PER_VPC, 3)).toThrow('of `ec2`');
  });
});

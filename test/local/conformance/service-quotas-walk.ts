import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { refused } from './watched-service.ts';

const ServiceCode = 'lambda';

/** The quotas of Lambda, as their owner and as one who may not read them. */
export async function walkServiceQuotas(
  quotas: ServiceQuotas,
  stranger: ServiceQuotas,
): Promise<void> {
  const { Quotas = [] } = await quotas.listServiceQuotas({ ServiceCode, MaxResults: 1 });
  const one = { ServiceCode, QuotaCode: Quotas[0]?.QuotaCode };
  await quotas.getServiceQuota(one);
  await refused(
    quotas.listServiceQuotas({ ServiceCode: 'bakery' }),
    quotas.listServiceQuotas({ ServiceCode, MaxResults: 101 }),
    quotas.listServiceQuotas({ ServiceCode, NextToken: 'forged' }),
    quotas.getServiceQuota({ ...one, QuotaCode: 'L-00000000' }),
    quotas.getServiceQuota({ ServiceCode, QuotaCode: 'no code' }),
    stranger.listServiceQuotas({ ServiceCode }),
    stranger.getServiceQuota(one),
  );
}

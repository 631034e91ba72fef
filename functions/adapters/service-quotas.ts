import {
  paginateListServiceQuotas,
  ServiceQuotasClient,
  type ServiceQuotasClientConfig,
} from '@aws-sdk/client-service-quotas';
import { observationFailed } from './aws-errors.ts';

/** By its name: AWS documents no code of it. */
const INTERFACES_PER_VPC = 'Elastic network interfaces per VPC';

/**
 * Builds what reads how many network interfaces Lambda may have in one VPC; undefined where AWS does not list it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function createReadInterfaceQuota(
  settings: ServiceQuotasClientConfig,
): () => Promise<number | undefined> {
  const client = new ServiceQuotasClient(settings);
  return async () => {
    try {
      const pages = paginateListServiceQuotas({ client }, { ServiceCode: 'lambda' });
      for await (const { Quotas = [] } of pages) {
        const quota = Quotas.find(({ QuotaName }) => QuotaName === INTERFACES_PER_VPC);
        if (quota !== undefined) return quota.Value;
      }
      return undefined;
    } catch (error) {
      throw observationFailed(error, 'could not read the quotas of Lambda');
    }
  };
}

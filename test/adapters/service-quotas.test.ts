import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadInterfaceQuota } from '../../functions/adapters/service-quotas.ts';
import { awsError } from '../support/aws-error.ts';

const CONCURRENCY = { QuotaCode: 'L-1', QuotaName: 'Concurrent executions', Value: 1000 };
const INTERFACES = {
  QuotaCode: 'L-2',
  QuotaName: 'Elastic network interfaces per VPC',
  Value: 750,
};

const quotas = mockClient(ServiceQuotasClient);
const readInterfaceQuota = createReadInterfaceQuota({ region: 'us-east-1' });

beforeEach(() => {
  quotas.reset();
});

describe('readInterfaceQuota', () => {
  it('finds the quota by its name among those of Lambda', async () => {
    quotas.on(ListServiceQuotasCommand).resolves({ Quotas: [CONCURRENCY, INTERFACES] });

    expect(await readInterfaceQuota()).toBe(750);
    expect(quotas).toHaveReceivedCommandWith(ListServiceQuotasCommand, { ServiceCode: 'lambda' });
  });

  it('looks through the pages, and no further than it has to', async () => {
    quotas
      .on(ListServiceQuotasCommand)
      .resolvesOnce({ Quotas: [CONCURRENCY], NextToken: 'two' })
      .resolvesOnce({ NextToken: 'three' })
      .resolvesOnce({ Quotas: [INTERFACES], NextToken: 'four' })
      .rejects(awsError('ServiceException', 500));

    expect(await readInterfaceQuota()).toBe(750);
    expect(quotas).toHaveReceivedCommandTimes(ListServiceQuotasCommand, 3);
  });

  it.each([
    ['a list without it', { Quotas: [CONCURRENCY] }],
    ['an empty answer', {}],
    ['a quota without a value', { Quotas: [{ QuotaName: INTERFACES.QuotaName }] }],
  ])('knows no quota from %s', async (_, answer) => {
    quotas.on(ListServiceQuotasCommand).resolves(answer);

    expect(await readInterfaceQuota()).toBeUndefined();
  });

  it.each(['TooManyRequestsException', 'AccessDeniedException', 'NoSuchResourceException'])(
    'throws OBSERVATION_FAILED when AWS answers %s',
    async (name) => {
      quotas.on(ListServiceQuotasCommand).rejects(awsError(name, 400));

      await expect(readInterfaceQuota()).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: `could not read the quotas of Lambda: ${name}: because`,
      });
    },
  );
});

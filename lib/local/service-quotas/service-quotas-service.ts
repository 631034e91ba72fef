import {
  GetServiceQuota$,
  type GetServiceQuotaRequest,
  type GetServiceQuotaResponse,
  ListServiceQuotas$,
  type ListServiceQuotasRequest,
  type ListServiceQuotasResponse,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import type { AccountCore } from '../account-core.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation, type Service } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import type { Quota, Quotas } from './quotas.ts';

type ListInput = Given<ListServiceQuotasRequest, 'ServiceCode'>;
type GetInput = Given<GetServiceQuotaRequest, 'ServiceCode' | 'QuotaCode'>;

const SERVICE_NAMES: Readonly<Record<string, string>> = { lambda: 'AWS Lambda' };
const LARGEST_PAGE = 100;

/** Creates Service Quotas as far as reading goes. */
export function createServiceQuotasService(core: AccountCore, quotas: Quotas): Service {
  return {
    name: 'servicequotas',
    protocol: 'json',
    jsonVersion: '1.1',
    target: 'ServiceQuotasV20190624',
    denied: { code: 'AccessDeniedException', status: 400 },
    operations: [listServiceQuotas(core, quotas), getServiceQuota(core, quotas)],
  };
}

function listServiceQuotas(core: AccountCore, quotas: Quotas): Operation {
  return operation<ListInput, ListServiceQuotasResponse>(ListServiceQuotas$, {
    // AWS: reading knows no resources, only an allow on `*` covers it.
    needs: () => [{ action: 'servicequotas:ListServiceQuotas', resource: '*' }],
    handle: ({ ServiceCode, QuotaCode, MaxResults: limit = LARGEST_PAGE, NextToken: token }) => {
      if (limit < 1 || limit > LARGEST_PAGE) {
        throw fault('IllegalArgumentException', `MaxResults has to be from 1 to ${LARGEST_PAGE}`);
      }
      const wanted = quotasOf(quotas, ServiceCode).filter(
        ({ code }) => QuotaCode === undefined || code === QuotaCode,
      );
      const page = cutPage(wanted, { limit, token });
      if (page === undefined) {
        throw fault('InvalidPaginationTokenException', 'Invalid pagination token was provided');
      }
      const { items, nextToken } = page;
      return {
        Quotas: items.map((quota) => toView(core, quota)),
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      };
    },
  });
}

function getServiceQuota(core: AccountCore, quotas: Quotas): Operation {
  return operation<GetInput, GetServiceQuotaResponse>(GetServiceQuota$, {
    needs: () => [{ action: 'servicequotas:GetServiceQuota', resource: '*' }],
    handle: ({ ServiceCode, QuotaCode }) => {
      if (!/^[a-z][\w-]{1,128}$/i.test(QuotaCode)) {
        throw fault('IllegalArgumentException', `QuotaCode \`${QuotaCode}\` is not valid`);
      }
      const quota = quotasOf(quotas, ServiceCode).find(({ code }) => code === QuotaCode);
      if (quota === undefined) throw noSuchResource();
      return { Quota: toView(core, quota) };
    },
  });
}

function quotasOf(quotas: Quotas, serviceCode: string): readonly Quota[] {
  const found = quotas.list(serviceCode);
  if (found.length === 0) throw noSuchResource();
  return found;
}

function toView({ accountId, region }: AccountCore, quota: Quota): ServiceQuota {
  const { serviceCode, code } = quota;
  return {
    ServiceCode: serviceCode,
    ServiceName: SERVICE_NAMES[serviceCode],
    QuotaArn: `arn:aws:servicequotas:${region}:${accountId}:${serviceCode}/${code}`,
    QuotaCode: code,
    QuotaName: quota.name,
    Description: quota.description,
    Value: quota.value,
    Unit: quota.unit,
    Adjustable: quota.isAdjustable,
    GlobalQuota: false,
    QuotaAppliedAtLevel: 'ACCOUNT',
  };
}

function noSuchResource(): AwsFault {
  return fault('NoSuchResourceException', 'The specified resource does not exist.');
}

function fault(code: string, message: string): AwsFault {
  return new AwsFault(message, { code, status: 400 });
}

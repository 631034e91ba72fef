/** How much an account may have of something. */
export interface Quota {
  readonly serviceCode: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly value: number;
  readonly isAdjustable: boolean;
}

/** The quotas of an account. */
export interface Quotas {
  /** None where the account knows none of the service. */
  readonly list: (serviceCode: string) => readonly Quota[];
  /** Sets a quota that there is, as if AWS had granted it. */
  readonly set: (serviceCode: string, name: string, value: number) => void;
}

/** How AWS names the quota of network interfaces that Lambda may have in one VPC. */
export const INTERFACES_PER_VPC = 'Elastic network interfaces per VPC';

/**
 * What a new account has of Lambda.
 *
 * Lambda's page gives names and values only: who reads a quota finds it by its name, codes are no promise.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LAMBDA_QUOTAS: readonly Quota[] = [
  {
    serviceCode: 'lambda',
    code: 'L-B99A9384',
    name: 'Concurrent executions',
    description: 'How many invocations may run at the same time in this Region.',
    unit: 'None',
    value: 1000,
    isAdjustable: true,
  },
  {
    serviceCode: 'lambda',
    code: 'L-9FEE3D26',
    name: INTERFACES_PER_VPC,
    description: 'How many network interfaces Lambda may keep in one VPC.',
    unit: 'None',
    value: 500,
    isAdjustable: true,
  },
  {
    serviceCode: 'lambda',
    code: 'L-2ACBD22F',
    name: 'Function and layer storage',
    description: 'How much code of functions and layers, zipped, may be stored in this Region.',
    unit: 'Gigabytes',
    value: 75,
    isAdjustable: true,
  },
];

/** Creates the quotas that AWS gives every account. */
export function createQuotas(): Quotas {
  const quotas = [...LAMBDA_QUOTAS];
  return {
    list: (serviceCode) => quotas.filter((quota) => quota.serviceCode === serviceCode),
    set: (serviceCode, name, value) => {
      const index = quotas.findIndex(
        (quota) => quota.serviceCode === serviceCode && quota.name === name,
      );
      const quota = quotas[index];
      if (quota === undefined) throw new Error(`no quota \`${name}\` of \`${serviceCode}\``);
      quotas[index] = { ...quota, value };
    },
  };
}

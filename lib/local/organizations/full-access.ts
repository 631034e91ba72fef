import { allowEverything } from '../identity/allow-everything.ts';
import type { ServiceControlPolicy } from './organization.ts';

/** The policy of AWS that allows everything, and that everything has at first. */
export const FULL_ACCESS: ServiceControlPolicy = {
  summary: {
    Id: 'p-FullAWSAccess',
    Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
    Name: 'FullAWSAccess',
    Description: 'Allows access to every operation',
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: true,
  },
  ...allowEverything('FullAWSAccess'),
};

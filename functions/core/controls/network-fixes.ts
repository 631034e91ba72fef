/**
 * How to fix what AWS blames on the network, by reason code.
 *
 * An open set: other codes are about code, image, key or capacity, or name no cause.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export const NETWORK_FIXES: ReadonlyMap<string, string> = new Map([
  [
    'EniLimitExceeded',
    'give functions of the VPC the same security groups so that they share network interfaces, or ask for a higher quota of network interfaces per VPC',
  ],
  [
    'InsufficientRolePermissions',
    'allow the execution role what `AWSLambdaVPCAccessExecutionRole` allows',
  ],
  [
    'SubnetOutOfIPAddresses',
    'free addresses in its subnets, or give it subnets that have more of them',
  ],
  ['InvalidSubnet', 'give it subnets that exist, all in one VPC'],
  ['InvalidSecurityGroup', 'give it security groups that exist in the VPC of its subnets'],
  [
    'DisallowedByVpcEncryptionControl',
    'exclude Lambda from the encryption control of the VPC, or give it subnets of another VPC',
  ],
  ['EC2RequestLimitExceeded', 'wait until EC2 no longer throttles the account'],
  [
    'EFSMountConnectivityError',
    'let its security groups reach the mount targets of the file system on port 2049, and give each of its zones one',
  ],
]);

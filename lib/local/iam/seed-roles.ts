import type { AccountCore } from '../account-core.ts';
import { newPrincipal, type Principal } from '../identity/principals.ts';
import { putPolicy } from './inline-policies.ts';

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};

/**
 * What a function's role needs to be attached to a VPC and to write logs, and what its code does not need.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const PERMISSIONS = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'NetworkInterfaces',
      Effect: 'Allow',
      Action: [
        'ec2:CreateNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DeleteNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      Resource: '*',
    },
    {
      Sid: 'NotForFunctionCode',
      Effect: 'Deny',
      Action: [
        'ec2:CreateNetworkInterface',
        'ec2:DeleteNetworkInterface',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSubnets',
        'ec2:DetachNetworkInterface',
        'ec2:AssignPrivateIpAddresses',
        'ec2:UnassignPrivateIpAddresses',
      ],
      Resource: '*',
      // AWS: only calls of function code carry the key, so Lambda itself still manages the interfaces.
      Condition: {
        ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:123456789012:function:*' },
      },
    },
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: '*',
    },
  ],
};

/** Seeds `lambda-role`: a role with which functions can be attached and can write logs. */
export function seedLambdaRole({ principals, clock }: AccountCore): Principal {
  const role = newPrincipal(principals, {
    kind: 'role',
    name: 'lambda-role',
    nowMs: clock.nowMs(),
    trust: JSON.stringify(TRUST),
    description: 'For functions that are attached to a VPC',
  });
  const place = { kind: 'role', name: role.name, policyName: 'vpc-access' } as const;
  putPolicy(principals, place, JSON.stringify(PERMISSIONS));
  return role;
}

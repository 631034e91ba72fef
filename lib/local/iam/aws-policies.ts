import { idToken } from '../identity/id-token.ts';
import type { ManagedPolicy } from '../identity/managed-policy.ts';
import type { Principals } from '../identity/principals.ts';
import { readPolicy } from '../identity/resource-policy.ts';
import { SECURITY_AUDIT_ACTIONS, VIEW_ONLY_ACTIONS } from './aws-audit-actions.ts';

/** A policy that AWS keeps; all of them allow on every resource. */
interface AwsPolicy {
  readonly path: string;
  readonly name: string;
  readonly versionId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly sid?: string;
  readonly actions: readonly string[];
}

const LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/security-iam-awsmanpol.html */
const AWS_POLICIES: readonly AwsPolicy[] = [
  {
    path: '/',
    name: 'AdministratorAccess',
    versionId: 'v1',
    createdAt: '2015-02-06T18:39:46Z',
    updatedAt: '2015-02-06T18:39:46Z',
    actions: ['*'],
  },
  {
    path: '/service-role/',
    name: 'AWSLambdaBasicExecutionRole',
    versionId: 'v1',
    createdAt: '2015-04-09T15:03:43Z',
    updatedAt: '2015-04-09T15:03:43Z',
    actions: LOG_ACTIONS,
  },
  {
    path: '/service-role/',
    name: 'AWSLambdaVPCAccessExecutionRole',
    versionId: 'v3',
    createdAt: '2016-02-11T23:15:26Z',
    updatedAt: '2024-01-05T22:38:26Z',
    sid: 'AWSLambdaVPCAccessExecutionPermissions',
    actions: [
      ...LOG_ACTIONS,
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
  },
  {
    path: '/service-role/',
    name: 'AWSLambdaENIManagementAccess',
    versionId: 'v2',
    createdAt: '2016-12-06T00:37:27Z',
    updatedAt: '2020-10-01T20:07:26Z',
    // AWS: older than Lambda's wish for `ec2:DescribeSubnets`, and never brought up to it.
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
  },
  {
    path: '/',
    name: 'SecurityAudit',
    versionId: 'v86',
    createdAt: '2015-02-06T18:41:01Z',
    updatedAt: '2026-05-01T03:12:13Z',
    sid: 'BaseSecurityAuditStatement',
    actions: SECURITY_AUDIT_ACTIONS,
  },
  {
    path: '/job-function/',
    name: 'ViewOnlyAccess',
    versionId: 'v45',
    createdAt: '2016-11-10T17:20:15Z',
    updatedAt: '2026-04-22T18:12:21Z',
    sid: 'GeneralViewOnlyAccessStatement',
    actions: VIEW_ONLY_ACTIONS,
  },
];

/** Puts the policies that AWS keeps into an account. */
export function seedAwsPolicies({ managedPolicies }: Principals): void {
  for (const policy of AWS_POLICIES.map(toManagedPolicy)) managedPolicies.set(policy.arn, policy);
}

function toManagedPolicy(policy: AwsPolicy): ManagedPolicy {
  const { path, name, versionId, createdAt, updatedAt, sid, actions } = policy;
  const arn = `arn:aws:iam::aws:policy${path}${name}`;
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...(sid === undefined ? {} : { Sid: sid }),
        Effect: 'Allow',
        Action: actions,
        Resource: '*',
      },
    ],
  });
  const read = readPolicy(name, text, { allowPrincipal: false });
  if (!read.ok) throw new Error(`the policy \`${arn}\` is malformed: ${read.reason}`);
  return {
    arn,
    id: `ANPA${idToken(arn, 17)}`,
    name,
    path,
    versionId,
    createdAtMs: Date.parse(createdAt),
    updatedAtMs: Date.parse(updatedAt),
    text,
    document: read.document,
    tags: new Map(),
  };
}

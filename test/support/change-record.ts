const NETWORK = {
  subnetIds: ['subnet-2', 'subnet-1'],
  securityGroupIds: ['sg-1'],
  vpcId: 'vpc-1',
  ipv6AllowedForDualStack: false,
};

/** The account, region and function that the records are about. */
export const ORDERS_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

/** An envelope as EventBridge delivers a successful call, but for what a test cares about. */
export function envelopeOf(
  detail: Readonly<Record<string, unknown>> = {},
  outer: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    version: '0',
    id: '5a3ab2f0-0000-4000-8000-000000000001',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.lambda',
    account: '123456789012',
    time: '2026-11-22T09:30:05Z',
    region: 'us-east-1',
    resources: [],
    detail: recordOf(detail),
    ...outer,
  };
}

function recordOf(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLE01:pipeline-7',
      arn: 'arn:aws:sts::123456789012:assumed-role/deploy/pipeline-7',
      accountId: '123456789012',
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE01',
          arn: 'arn:aws:iam::123456789012:role/ci/deploy',
          accountId: '123456789012',
          userName: 'deploy',
        },
        attributes: { creationDate: '2026-11-22T09:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: '2026-11-22T09:30:00Z',
    eventSource: 'lambda.amazonaws.com',
    eventName: 'UpdateFunctionConfiguration20150331v2',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'aws-cli/2.31',
    requestParameters: { functionName: 'orders', vpcConfig: NETWORK },
    responseElements: {
      functionName: 'orders',
      functionArn: ORDERS_ARN,
      role: 'arn:aws:iam::123456789012:role/lambda-role',
      version: '$LATEST',
      vpcConfig: NETWORK,
      revisionId: '8f14e45f-ceea-467f-a5d8-2d9a3c1b7e60',
      lastUpdateStatus: 'InProgress',
      lastUpdateStatusReasonCode: 'Creating',
    },
    requestID: '0d1f2c3b-0000-4000-8000-000000000002',
    eventID: '6c84fb90-0000-4000-8000-000000000003',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
    ...parts,
  };
}

/** The response elements of {@link envelopeOf}, but for what a test cares about. */
export function answerOf(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { responseElements } = recordOf({});
  return { ...Object(responseElements), ...parts };
}

/** The VPC settings of {@link envelopeOf}, but for what a test cares about. */
export function networkOf(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...NETWORK, ...parts };
}

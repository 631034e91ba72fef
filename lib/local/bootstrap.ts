/** The SSM parameter in which the CDK's bootstrap stack leaves its version. */
export const BOOTSTRAP_VERSION_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** The version that the local account claims: it has the bucket, and deploys with the caller's own rights. */
export const BOOTSTRAP_VERSION = '30';

/** The bucket into which a CDK deployment puts its assets. */
export function bootstrapBucket(accountId: string, region: string): string {
  return `cdk-hnb659fds-assets-${accountId}-${region}`;
}

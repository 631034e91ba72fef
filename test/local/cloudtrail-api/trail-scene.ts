import type {
  AdvancedFieldSelector,
  CloudTrail,
  CreateTrailRequest,
} from '@aws-sdk/client-cloudtrail';

/** The trail that an account has from the start. */
export const SEEDED = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/management-events';

/** Selectors of management events alone, with fields of their own. */
export function managementOnly(...fields: readonly AdvancedFieldSelector[]) {
  const FieldSelectors = [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields];
  return { AdvancedEventSelectors: [{ FieldSelectors }] };
}

/** Creates a trail of this region. */
export function createTrail(trails: CloudTrail, given: Partial<CreateTrailRequest> = {}) {
  return trails.createTrail({ Name: 'audit', S3BucketName: 'audit-logs', ...given });
}

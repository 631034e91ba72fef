import type { Condition } from '../../../functions/core/iam/document.ts';
import { splitArn } from '../../../functions/core/iam/value-matcher.ts';

/** Roles that AWS services made for themselves. */
const SERVICE_ROLES = 'arn:aws:iam::*:role/aws-service-role/*';

/** Tells whether a text can name principals that are carved out: an ARN, wildcards allowed in each part. */
export function isPrincipalPattern(text: string): boolean {
  return splitArn(text) !== undefined && !text.includes('${');
}

/**
 * Makes the condition that no denial is without: the caller is none of those that are carved out.
 *
 * A request that does not say who calls is denied.
 */
export function carveOut(exceptPrincipals: readonly string[]): Condition {
  return {
    operator: 'ArnNotLike',
    ifExists: false,
    key: 'aws:principalarn',
    values: [...new Set([...exceptPrincipals, SERVICE_ROLES])],
  };
}

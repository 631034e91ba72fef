import { isDetached } from '../attachment.ts';
import type { Verdict } from '../finding.ts';
import type { AccessDecision, AccessRequest } from '../iam/evaluate.ts';
import { ANY_WISH, type ControlContext, defineControl, type Subject } from './control.ts';

const VPC_KEYS = ['lambda:vpcids'];
/** A call goes to the region of its function: statements that keep to some regions are about it too. */
const REGION_KEY = 'aws:requestedregion';
const PRINCIPAL_KEYS = ['aws:principalarn', 'aws:principalaccount'];

/** The condition keys that {@link accessDocumentsAllow} can fill, in lower case. */
export const JUDGEABLE_KEYS: readonly string[] = [
  ...VPC_KEYS,
  'lambda:subnetids',
  'lambda:securitygroupids',
  ...PRINCIPAL_KEYS,
  REGION_KEY,
];

/**
 * LVG.1: the access documents allow this attachment.
 *
 * They are judged as IAM would have judged the call that produced the attachment.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const accessDocumentsAllow = defineControl({
  id: 'LVG.1',
  title: 'The access documents allow this attachment',
  fix: 'Attach the function to the approved network, in the template that deploys it',
  scope: 'event',
  needs: [],
  wishes: ANY_WISH,
  defaults: {
    enabled: true,
    severity: 'high',
    onCreate: 'quarantine',
    onChange: 'revert',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: ({ hasCapacityProvider }) =>
    hasCapacityProvider ? "the VPC is the capacity provider's" : undefined,
  evaluate: ({ subject, context }) =>
    context.hasAccessDocuments
      ? toVerdict(context.judgeAccess(toRequest(subject)), subject, context)
      : { status: 'not-applicable', reason: 'the policy names no access documents' },
});

function toVerdict(
  { outcome, reason, document, statement }: AccessDecision,
  { call }: Subject,
  { allowedCalls }: ControlContext,
): Verdict {
  const where = document === undefined ? {} : { statement: `${document} ${statement}` };
  switch (outcome) {
    case 'allowed':
      return { status: 'compliant' };
    case 'explicitly-denied':
      return { status: 'violation', reason, ...where };
    case 'implicitly-denied':
      return allowedCalls.has(call)
        ? { status: 'violation', reason, ...where }
        : { status: 'compliant' };
    case 'unknown':
      return { status: 'unknown', reason };
  }
}

function toRequest({ functionArn, attachment, call, principalArn }: Subject): AccessRequest {
  const [, , , region = ''] = functionArn.split(':');
  const context: Record<string, readonly string[]> = { [REGION_KEY]: [region] };
  const unknownKeys: string[] = [];
  if (!isDetached(attachment)) {
    context['lambda:subnetids'] = attachment.subnetIds;
    context['lambda:securitygroupids'] = attachment.securityGroupIds;
    if (attachment.vpcId === undefined) unknownKeys.push(...VPC_KEYS);
    else context['lambda:vpcids'] = [attachment.vpcId];
  }
  const account = principalArn?.split(':')[4];
  if (principalArn === undefined || account === undefined) {
    unknownKeys.push(...PRINCIPAL_KEYS);
  } else {
    context['aws:principalarn'] = [principalArn];
    context['aws:principalaccount'] = [account];
  }
  return {
    action: `lambda:${call}`,
    resource: functionArn,
    context,
    ...(unknownKeys.length === 0 ? {} : { unknownKeys: new Set(unknownKeys) }),
  };
}

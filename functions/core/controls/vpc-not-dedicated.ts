import type { Attachment } from '../attachment.ts';
import type { NetworkFacts } from '../network.ts';
import { ANY_WISH, defineControl } from './control.ts';
import { judgeEach, NOT_FOUND } from './judge-each.ts';
import { whyNotAttached } from './not-attached.ts';

/**
 * LVG.2: the VPC does not have dedicated tenancy.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const vpcNotDedicated = defineControl({
  id: 'LVG.2',
  title: 'The VPC does not have dedicated tenancy',
  fix: 'Attach it to a VPC of default tenancy, peered with this one where it needs it',
  scope: 'event',
  needs: ['network'],
  wishes: ANY_WISH,
  defaults: {
    enabled: true,
    severity: 'high',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: whyNotAttached,
  evaluate: ({ subject: { attachment }, facts: { network } }) =>
    judgeEach(vpcIdsOf(attachment, network), (vpcId) => {
      const vpc = network.vpcs.get(vpcId);
      if (vpc === undefined) return NOT_FOUND;
      if (!vpc.isDedicated) return undefined;
      const reason = 'the VPC has dedicated tenancy, and AWS connects no function to such a VPC';
      return { status: 'violation', reason };
    }),
});

/** Where the attachment does not name the VPC, its subnets do; a subnet that is not found stands for its VPC. */
function vpcIdsOf({ vpcId, subnetIds }: Attachment, { subnets }: NetworkFacts): readonly string[] {
  if (vpcId !== undefined) return [vpcId];
  return subnetIds.map((subnetId) => subnets.get(subnetId)?.vpcId ?? subnetId);
}

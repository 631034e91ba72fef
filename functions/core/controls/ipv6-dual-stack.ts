import { ANY_WISH, defineControl } from './control.ts';
import { judgeEach, NOT_FOUND } from './judge-each.ts';
import { whyNotAttached } from './not-attached.ts';

/**
 * LVG.14: IPv6 is allowed only where every subnet is dual-stack.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const ipv6DualStack = defineControl({
  id: 'LVG.14',
  title: 'IPv6 is allowed only where every subnet is dual-stack',
  fix: 'Attach it to dual-stack subnets, or switch `Ipv6AllowedForDualStack` off',
  scope: 'event',
  needs: ['network'],
  wishes: ANY_WISH,
  defaults: {
    enabled: true,
    severity: 'medium',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: (subject) =>
    whyNotAttached(subject) ??
    (subject.attachment.ipv6AllowedForDualStack ? undefined : 'the function does not use IPv6'),
  evaluate: ({ subject: { attachment }, facts: { network } }) =>
    judgeEach(attachment.subnetIds, (subnetId) => {
      const subnet = network.subnets.get(subnetId);
      if (subnet === undefined) return NOT_FOUND;
      if (subnet.isDualStack) return undefined;
      const reason = 'not a dual-stack subnet, which `Ipv6AllowedForDualStack` needs';
      return { status: 'violation', reason };
    }),
});

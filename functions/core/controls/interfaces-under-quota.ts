import type { InterfaceFacts } from '../facts.ts';
import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { defineControl, ONLY_NOTIFY } from './control.ts';
import { whyNotAttached } from './not-attached.ts';

const MOST_NAMED = 10;

/**
 * LVG.11: the functions of the VPC stay under its quota of network interfaces.
 *
 * Every distinct pair of subnet and set of security groups takes one, however many functions share it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const interfacesUnderQuota = defineControl({
  id: 'LVG.11',
  title: 'The functions of the VPC stay under its quota of network interfaces',
  fix: 'Let functions share interfaces by using the same security groups, or have the quota raised',
  scope: 'account',
  needs: ['interfaces'],
  wishes: ONLY_NOTIFY,
  defaults: {
    enabled: true,
    severity: 'medium',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: { maximumPercent: 90 },
  whyNotApplicable: whyNotAttached,
  evaluate: ({ facts: { interfaces }, parameters: { maximumPercent } }) => {
    const { combinations, quota } = interfaces;
    if (combinations * 100 <= maximumPercent * quota) return { status: 'compliant' };
    return {
      status: 'violation',
      reason: `the functions of its VPC need ${combinations} network interfaces, more than ${maximumPercent} % of the ${quota} that it may have: ${wayOut(interfaces)}`,
    };
  },
});

function wayOut({ couldShare }: InterfaceFacts): string {
  if (couldShare.length === 0) {
    return 'no two sets of security groups meet in a subnet, so use fewer subnets or ask for a higher quota';
  }
  return `with the security groups that others have in the same subnet these would share: ${nameSome(couldShare.map(quote), MOST_NAMED)}`;
}

import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { ANY_WISH, defineControl } from './control.ts';
import { whyNotAttached } from './not-attached.ts';

const MOST_NAMED = 16;

/**
 * LVG.10: every subnet has free addresses.
 *
 * Each network interface takes one, and AWS makes more of them as the function's connections grow.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const subnetsHaveAddresses = defineControl({
  id: 'LVG.10',
  title: 'Every subnet has free addresses',
  fix: 'Attach it to subnets with more free addresses, or free some there',
  scope: 'function',
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
  parameters: { minimumFreeAddresses: 16 },
  whyNotApplicable: whyNotAttached,
  evaluate: ({ subject, facts: { network }, parameters: { minimumFreeAddresses } }) => {
    const short: string[] = [];
    const unknown: string[] = [];
    for (const subnetId of subject.attachment.subnetIds) {
      const free = network.subnets.get(subnetId)?.freeAddresses;
      if (free === undefined) unknown.push(quote(subnetId));
      else if (free < minimumFreeAddresses) short.push(`${quote(subnetId)} has ${free}`);
    }
    if (short.length > 0) {
      const reason = `fewer than ${minimumFreeAddresses} free addresses: ${nameSome(short, MOST_NAMED)}`;
      return { status: 'violation', reason };
    }
    if (unknown.length === 0) return { status: 'compliant' };
    const subnets = nameSome(unknown, MOST_NAMED);
    return {
      status: 'unknown',
      reason: `AWS does not say how many addresses are free: ${subnets}`,
    };
  },
});

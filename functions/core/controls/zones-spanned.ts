import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { ANY_WISH, defineControl } from './control.ts';
import { NOT_FOUND } from './judge-each.ts';
import { whyNotAttached } from './not-attached.ts';

const MOST_NAMED = 4;

/**
 * LVG.6: the subnets span enough Availability Zones.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const zonesSpanned = defineControl({
  id: 'LVG.6',
  title: 'The subnets span enough Availability Zones',
  fix: 'Attach it to subnets of more Availability Zones',
  scope: 'event',
  needs: ['network'],
  wishes: ANY_WISH,
  defaults: {
    enabled: true,
    severity: 'low',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: { minimumZones: 2 },
  whyNotApplicable: whyNotAttached,
  evaluate: ({ subject, facts: { network }, parameters: { minimumZones } }) => {
    const ids = [...new Set(subject.attachment.subnetIds)].sort();
    const zones = new Set(ids.flatMap((id) => network.subnets.get(id)?.zone ?? []));
    if (zones.size >= minimumZones) return { status: 'compliant' };
    const missing = ids.filter((id) => !network.subnets.has(id));
    if (missing.length > 0) {
      return { status: 'unknown', reason: `${list(missing)}: ${NOT_FOUND.reason}` };
    }
    const found = `the subnets are in ${list([...zones].sort())}`;
    const reason = `${found} only, the policy wants ${minimumZones} Availability Zones`;
    return { status: 'violation', reason };
  },
});

function list(names: readonly string[]): string {
  return nameSome(names.map(quote), MOST_NAMED);
}

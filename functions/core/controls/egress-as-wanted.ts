import { functionNameOf } from '../function-name.ts';
import { matchesAny } from '../wildcard.ts';
import { ANY_WISH, defineControl, type Subject } from './control.ts';
import { judgeNat, judgeNone } from './judge-egress.ts';
import { judgeRoutes } from './judge-routes.ts';
import { whyNotAttached } from './not-attached.ts';

/** How functions may get to the internet: by NAT gateways, not at all, or anyhow. */
export const EGRESS_WISHES = ['nat', 'none', 'any'] as const;

/** One of {@link EGRESS_WISHES}. */
export type EgressWish = (typeof EGRESS_WISHES)[number];

/** What LVG.4 may be told; of the entries that match, the first counts. */
export type EgressParameters = {
  readonly egress: readonly {
    /** Patterns of function names, `*` and `?` as in IAM. */
    readonly functions: readonly string[];
    readonly allow: EgressWish;
  }[];
};

const DEFAULTS: EgressParameters = { egress: [] };

/**
 * LVG.4: functions get to the internet as the policy wants.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export const egressAsWanted = defineControl({
  id: 'LVG.4',
  title: 'The way to the internet is the one that the policy wants',
  fix: 'Give its subnets the way out that the policy wants, or attach it to subnets that have it',
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
  parameters: DEFAULTS,
  whyNotApplicable: (subject, parameters) =>
    whyNotAttached(subject) ?? whyNothingWanted(findWish(subject, parameters)),
  evaluate: ({ subject, facts: { network }, parameters }) => {
    const judge = findWish(subject, parameters) === 'nat' ? judgeNat : judgeNone;
    const hasIpv6 = subject.attachment.ipv6AllowedForDualStack;
    return judgeRoutes(subject, network, (table) => judge({ network, table, hasIpv6 }));
  },
});

function findWish({ functionArn }: Subject, { egress }: EgressParameters): EgressWish | undefined {
  const name = functionNameOf(functionArn);
  return egress.find(({ functions }) => matchesAny(functions, name))?.allow;
}

function whyNothingWanted(wish: EgressWish | undefined): string | undefined {
  if (wish === undefined) return 'no entry of `egress` names the function';
  return wish === 'any' ? 'the policy allows any way to the internet' : undefined;
}

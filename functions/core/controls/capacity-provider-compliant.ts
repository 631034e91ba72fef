import { describeAttachment } from '../attachment.ts';
import { combineFindings } from './combine-findings.ts';
import { defineControl, ONLY_NOTIFY } from './control.ts';

/** AWS: in a public subnet a managed instance does have a public address, which is a supported way out. */
const PUBLIC_SUBNETS = 'LVG.3';

/**
 * LVG.16: the capacity provider's subnets and groups satisfy the other controls.
 *
 * A function on one has no attachment of its own, and yet runs in a VPC.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html
 */
export const capacityProviderCompliant = defineControl({
  id: 'LVG.16',
  title: "The capacity provider's subnets and security groups satisfy the other controls",
  fix: 'Make a capacity provider with subnets and groups that the policy allows, and move the function there',
  scope: 'function',
  needs: ['capacityProvider'],
  wishes: ONLY_NOTIFY,
  defaults: {
    enabled: true,
    severity: 'low',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: ({ hasCapacityProvider }) =>
    hasCapacityProvider ? undefined : 'the function is on no capacity provider',
  evaluate: ({ facts: { capacityProvider } }) =>
    combineFindings([
      {
        name: `its capacity provider is in ${describeAttachment(capacityProvider.attachment)}`,
        findings: capacityProvider.findings.filter(({ controlId }) => controlId !== PUBLIC_SUBNETS),
      },
    ]),
});

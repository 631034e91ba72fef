import { ANY_WISH, defineControl } from './control.ts';
import { judgeEach, NOT_FOUND } from './judge-each.ts';
import { whyNotAttached } from './not-attached.ts';

/** AWS: no other group can have this name. */
const DEFAULT_GROUP = 'default';

/**
 * LVG.9: the attachment does not use the default security group of its VPC.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
export const noDefaultGroup = defineControl({
  id: 'LVG.9',
  title: "The VPC's default security group is not used",
  fix: 'Attach it with a security group of its own',
  scope: 'event',
  needs: ['network'],
  wishes: ANY_WISH,
  defaults: {
    enabled: false,
    severity: 'medium',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: whyNotAttached,
  evaluate: ({ subject: { attachment }, facts: { network } }) =>
    judgeEach(attachment.securityGroupIds, (groupId) => {
      const group = network.securityGroups.get(groupId);
      if (group === undefined) return NOT_FOUND;
      if (group.groupName !== DEFAULT_GROUP) return undefined;
      return { status: 'violation', reason: 'the default security group of its VPC' };
    }),
});

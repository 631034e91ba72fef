import type { Verdict } from '../finding.ts';
import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { defineControl, NO_REVERT } from './control.ts';
import { whyNotAttached } from './not-attached.ts';

const NEWEST = 'ec2:DescribeSubnets';
/** What AWS needs only to take network interfaces away. */
const REMOVING = ['ec2:DeleteNetworkInterface', 'ec2:UnassignPrivateIpAddresses'];
const NEEDED_TO_REMOVE = ['ec2:DescribeNetworkInterfaces', ...REMOVING];
const MOST_NAMED = 10;

/**
 * LVG.7: the execution role can manage the network interfaces.
 *
 * AWS uses the function's own role for them: when it is attached, when it is woken, and when they are deleted.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const roleManagesInterfaces = defineControl({
  id: 'LVG.7',
  title: 'The execution role can manage the network interfaces',
  fix: 'Give its execution role the managed policy AWSLambdaVPCAccessExecutionRole',
  scope: 'account',
  needs: ['role'],
  wishes: NO_REVERT,
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
  evaluate: ({ facts }) => toVerdict(facts.role.denied),
});

function toVerdict(denied: readonly string[]): Verdict {
  if (denied.length === 0) return { status: 'compliant' };
  const actions = nameSome(denied.map(quote), MOST_NAMED);
  const consequences = consequencesOf(denied).join('; ');
  return {
    status: 'violation',
    reason: `the execution role may not call ${actions}: ${consequences}`,
  };
}

function consequencesOf(denied: readonly string[]): readonly string[] {
  const consequences: string[] = [];
  if (denied.some((action) => !REMOVING.includes(action))) {
    consequences.push('AWS can neither attach the function again nor wake it once it is idle');
  }
  if (denied.some((action) => NEEDED_TO_REMOVE.includes(action))) {
    consequences.push('AWS cannot delete its network interfaces');
  }
  if (denied.every((action) => action === NEWEST)) {
    consequences.push(
      'it is the newest requirement, which `AWSLambdaENIManagementAccess` alone does not meet',
    );
  }
  return consequences;
}

import { isSameAttachment } from '../../functions/core/attachment.ts';
import { documentsOf } from './access-documents.ts';
import { ATTACHMENTS, enforcingPolicy, onlyVpc } from './builders.ts';
import { type CrashScenario, good, MINUTE_MS, misplace, policyWith } from './crash-scenario.ts';
import { OWN_ROLE } from './drilled-aws.ts';

const FALLBACK = {
  subnetIds: ATTACHMENTS.alsoApproved.subnetIds,
  securityGroupIds: ATTACHMENTS.alsoApproved.securityGroupIds,
  onCreate: false,
};

/** Only the forbidden network is denied: to be in no network is good. */
const DETACHED_IS_GOOD = enforcingPolicy({
  access: documentsOf({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: 'lambda:*Function*',
        Resource: '*',
        Condition: { StringEquals: { 'lambda:VpcIds': 'vpc-9' } },
      },
    ],
  }),
});

/** A function that was good and is moved, and what may be in the way of its way back. */
export const REVERTS: readonly CrashScenario[] = [
  { name: 'revert', before: good, act: misplace },
  {
    name: 'revert of a detached function',
    before: good,
    act: (drill) => drill.update(ATTACHMENTS.detached),
  },
  {
    name: 'revert to no network',
    policy: DETACHED_IS_GOOD,
    before: (drill) => drill.create(ATTACHMENTS.detached),
    act: misplace,
  },
  {
    name: 'revert that meets a newer revision (412)',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('attach', drill.tweak);
      misplace(drill);
    },
  },
  {
    name: 'revert that meets an update in progress (409)',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('attach', drill.rework);
      misplace(drill);
    },
  },
  {
    name: 'revert that meets a pending function (409)',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('attach', drill.invoke);
      misplace(drill);
    },
  },
  {
    name: 'revert whose subnet was deleted',
    before: good,
    act: (drill) => {
      drill.world.missingNetwork.add('subnet-2');
      misplace(drill);
    },
  },
  {
    name: 'revert whose security group was deleted',
    before: good,
    act: (drill) => {
      drill.world.missingNetwork.add('sg-1');
      misplace(drill);
    },
  },
  {
    name: 'revert to what the policy has come to reject',
    before: good,
    act: (drill) => {
      drill.deploy(enforcingPolicy({ hash: 'another', access: onlyVpc('vpc-2') }));
      misplace(drill);
    },
  },
  {
    name: 'revert that AWS refuses',
    before: good,
    act: (drill) => {
      const error = 'InvalidParameterValueException: no';
      drill.obstacles.answer('attach', { status: 'refused', error });
      misplace(drill);
    },
  },
  {
    name: 'revert whose update fails',
    before: good,
    act: (drill) => {
      drill.obstacles.fail(OWN_ROLE, 'SubnetOutOfIPAddresses');
      misplace(drill);
    },
  },
  {
    name: 'update that is stuck in progress for over six minutes',
    before: good,
    act: (drill) => {
      drill.obstacles.stall(20 * MINUTE_MS);
      misplace(drill);
    },
  },
  {
    name: 'fallback',
    policy: policyWith(
      { 'LVG.1': { onCreate: 'revert' } },
      { fallbackAttachment: { ...FALLBACK, onCreate: true } },
    ),
    act: (drill) => drill.create(ATTACHMENTS.forbidden),
  },
  {
    name: 'fallback after a revert that AWS refuses',
    policy: policyWith({}, { fallbackAttachment: FALLBACK }),
    before: good,
    act: (drill) => {
      drill.obstacles.answer(
        'attach',
        { status: 'refused', error: 'InvalidSubnet: no' },
        (_, attachment) => isSameAttachment(attachment, ATTACHMENTS.approved),
      );
      misplace(drill);
    },
  },
  {
    name: 'quarantine until the revert lands (contain)',
    policy: policyWith({ 'LVG.1': { contain: true, severity: 'critical' } }),
    before: good,
    act: misplace,
    compared: ['snapshot', 'record'],
  },
];

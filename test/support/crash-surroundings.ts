import { indexNetwork } from '../../functions/core/network.ts';
import type { Exemption } from '../../functions/core/policy.ts';
import { ARN, ATTACHMENTS } from './builders.ts';
import {
  bad,
  type CrashScenario,
  good,
  MINUTE_MS,
  misplace,
  policyWith,
} from './crash-scenario.ts';
import { LISTED_NETWORK } from './fake-network.ts';

const PLATFORM = 'arn:aws:iam::123456789012:role/platform-ops';

const EXEMPTION: Exemption = {
  id: 'exemption-1',
  functions: ['tag:legacy=yes'],
  controls: ['LVG.1'],
  owner: 'payments',
  reason: 'a migration',
  expires: '2026-11-25',
  includeNew: true,
};

const TAGGED = policyWith(
  {},
  {
    exemptions: [EXEMPTION],
    trustedTags: [{ key: 'legacy', writers: ['arn:aws:iam::*:role/platform-*'] }],
  },
);

const ZONES = { 'LVG.6': { onCreate: 'quarantine', onChange: 'quarantine' } } as const;

const ONE_ZONE = {
  value: indexNetwork({
    ...LISTED_NETWORK,
    subnets: LISTED_NETWORK.subnets.map((subnet) => ({ ...subnet, zone: 'us-east-1a' })),
  }),
};

const WAKING = policyWith({}, { idle: { report: true, wake: ['orders-*'] } });

/** What is around a function: its network, its tags, its versions, and its sleep. */
export const SURROUNDINGS: readonly CrashScenario[] = [
  {
    name: 'change of the network after which it violates',
    policy: policyWith({ 'LVG.6': { onFound: 'quarantine' } }),
    before: good,
    act: (drill) => {
      drill.obstacles.answer('readNetwork', ONE_ZONE);
      drill.send({ isFresh: true, after: { resourceId: 'subnet-2', eventId: 'network-1' } });
    },
  },
  {
    name: 'change of the network that condemns nobody',
    policy: policyWith(ZONES),
    before: good,
    act: (drill) => {
      drill.obstacles.answer('readNetwork', ONE_ZONE);
      drill.send({ isFresh: true, after: { resourceId: 'subnet-2', eventId: 'network-1' } });
    },
  },
  {
    name: 'quarantine that turns out wrong',
    policy: policyWith(ZONES, { autoRelease: false }),
    act: (drill) => {
      drill.obstacles.answer('readNetwork', ONE_ZONE);
      drill.obstacles.meanwhile('reserveConcurrency', () =>
        drill.obstacles.answer('readNetwork', undefined),
      );
      good(drill);
    },
  },
  {
    name: 'tag that exempts a quarantined function',
    policy: TAGGED,
    before: bad,
    act: (drill) => drill.tag({ legacy: 'yes' }, PLATFORM),
  },
  {
    name: 'tag by somebody whom nobody trusts',
    policy: TAGGED,
    before: bad,
    act: (drill) => drill.tag({ legacy: 'yes' }),
  },
  {
    name: 'exempt function in a bad place, and an exemption that ends soon',
    policy: policyWith({}, { exemptions: [{ ...EXEMPTION, functions: ['orders-*'] }] }),
    act: bad,
  },
  {
    name: 'version that was published from a bad place',
    policy: policyWith({ 'LVG.15': {} }),
    before: good,
    act: (drill) => drill.publish(['live'], ATTACHMENTS.forbidden),
  },
  {
    name: 'version that is published while the function violates',
    policy: policyWith({ 'LVG.15': {} }),
    before: bad,
    act: (drill) => drill.publish(),
  },
  {
    name: 'version in a bad place that the policy wants quarantined',
    policy: policyWith({ 'LVG.15': { onFound: 'quarantine' } }),
    before: good,
    act: (drill) => drill.publish([], ATTACHMENTS.forbidden),
  },
  {
    name: 'alias that is moved to a version in a bad place',
    policy: policyWith({ 'LVG.15': { onFound: 'quarantine' } }),
    before: (drill) => {
      good(drill);
      const versions = [{ version: '1', aliases: [], attachment: ATTACHMENTS.forbidden }];
      drill.world.versions.set(ARN, versions);
    },
    act: (drill) => drill.alias(['live']),
  },
  {
    name: 'wake',
    policy: WAKING,
    before: async (drill) => {
      good(drill);
      await drill.run();
      drill.fallIdle();
    },
    act: (drill) => drill.send({ wake: true }),
  },
  {
    name: 'wake that AWS refuses',
    policy: WAKING,
    before: async (drill) => {
      good(drill);
      await drill.run();
      drill.fallIdle();
    },
    act: (drill) => {
      drill.obstacles.answer('wake', { status: 'refused', error: 'EC2AccessDenied: no' });
      drill.send({ wake: true });
    },
  },
  {
    name: 'audit',
    policy: policyWith({}, { mode: 'audit' }),
    before: good,
    act: async (drill) => {
      misplace(drill);
      await drill.run(5 * MINUTE_MS);
      drill.update(ATTACHMENTS.approved);
    },
  },
];

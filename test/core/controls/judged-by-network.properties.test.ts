import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toAttachment } from '../../../functions/core/attachment.ts';
import type { Control } from '../../../functions/core/controls/control.ts';
import { egressAsWanted } from '../../../functions/core/controls/egress-as-wanted.ts';
import { createControlContext } from '../../../functions/core/controls/evaluate-controls.ts';
import { ipv6DualStack } from '../../../functions/core/controls/ipv6-dual-stack.ts';
import { noDefaultGroup } from '../../../functions/core/controls/no-default-group.ts';
import { servicesReachable } from '../../../functions/core/controls/services-reachable.ts';
import { subnetsPrivate } from '../../../functions/core/controls/subnets-private.ts';
import { vpcNotDedicated } from '../../../functions/core/controls/vpc-not-dedicated.ts';
import { zonesSpanned } from '../../../functions/core/controls/zones-spanned.ts';
import type { Verdict } from '../../../functions/core/finding.ts';
import { indexNetwork, type ListedNetwork } from '../../../functions/core/network.ts';
import { ARN } from '../../support/builders.ts';
import { policyOf } from '../../support/compiled-policy.ts';

const allow = (wish: string): object => ({ egress: [{ functions: ['*'], allow: wish }] });

/** Another subnet can make these violated, never compliant. */
const EACH_SUBNET: readonly (readonly [Control, object])[] = [
  [vpcNotDedicated, {}],
  [subnetsPrivate, {}],
  [egressAsWanted, allow('nat')],
  [egressAsWanted, allow('none')],
  [servicesReachable, { services: ['s3', 'sts'] }],
  [noDefaultGroup, {}],
  [ipv6DualStack, {}],
];
const ALL = [...EACH_SUBNET, [zonesSpanned, { minimumZones: 2 }] as const];

const CONTEXT = createControlContext(policyOf());
const SUBNETS = ['subnet-1', 'subnet-2', 'subnet-3', 'subnet-4'];

interface Place {
  readonly subnetIds: readonly string[];
  readonly ipv6AllowedForDualStack: boolean;
}

function judge(
  [control, parameters]: readonly [Control, object],
  listed: ListedNetwork,
  to: Place,
) {
  const attachment = {
    ...toAttachment({ vpcId: 'vpc-1', securityGroupIds: ['sg-1', 'sg-2'], ...to }),
    subnetIds: to.subnetIds,
  };
  const subject = {
    functionArn: ARN,
    attachment,
    call: 'CreateFunction',
    hasCapacityProvider: false,
  } as const;
  const facts = { network: { value: indexNetwork(listed) } };
  return control.judge({ subject, facts, context: CONTEXT }, { ...parameters });
}

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const places = fc.record({
  subnetIds: fc.uniqueArray(fc.constantFrom(...SUBNETS), { minLength: 1 }),
  ipv6AllowedForDualStack: fc.boolean(),
});

const targetIds = fc.constantFrom('igw-1', 'igw-2', 'nat-1', 'nat-2', 'vpce-1', 'tgw-1');
const routes = fc.array(
  fc.record({
    destination: fc.oneof(
      fc.constantFrom('0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '8.0.0.0/8', 'pl-1'),
      fc.constantFrom('10.0.0.0/8', '2000::/3', '203.0.113.0/24', 'fd00::/8', '1.2.3.4/40'),
      anyText,
    ),
    kind: fc.constantFrom(
      ...(['local', 'internet-gateway', 'egress-only-gateway', 'nat-gateway'] as const),
      ...(['transit-gateway', 'peering', 'instance', 'interface', 'endpoint', 'other'] as const),
    ),
    targetId: fc.oneof({ weight: 9, arbitrary: targetIds }, { weight: 1, arbitrary: anyText }),
    isBlackhole: fc.boolean(),
  }),
  { maxLength: 6 },
);

function some<Id extends string, Value>(
  ids: readonly Id[],
  toArbitrary: (id: Id) => fc.Arbitrary<Value>,
): fc.Arbitrary<Value[]> {
  return fc.subarray([...ids]).chain((chosen) => fc.tuple(...chosen.map(toArbitrary)));
}

const vpcIds = fc.constantFrom('vpc-1', 'vpc-1', 'vpc-2');
const states = fc.oneof(fc.constantFrom('available', 'pending', 'failed'), anyText);
const networks: fc.Arbitrary<ListedNetwork> = fc.record({
  vpcs: some(['vpc-1', 'vpc-2'], (vpcId) =>
    fc.record({ vpcId: fc.constant(vpcId), isDedicated: fc.boolean() }),
  ),
  subnets: some(SUBNETS, (subnetId) =>
    fc.record({
      subnetId: fc.constant(subnetId),
      vpcId: vpcIds,
      ownerId: fc.oneof(
        { weight: 9, arbitrary: fc.constant('123456789012') },
        { weight: 1, arbitrary: anyText },
      ),
      zone: fc.constantFrom('us-east-1a', 'us-east-1b'),
      freeAddresses: fc.nat(),
      isDualStack: fc.boolean(),
    }),
  ),
  securityGroups: some(['sg-1', 'sg-2'], (groupId) =>
    fc.record({
      groupId: fc.constant(groupId),
      groupName: fc.oneof(fc.constant('default'), anyText),
      vpcId: vpcIds,
    }),
  ),
  routeTables: some(['rtb-main', 'rtb-1', 'rtb-2'], (routeTableId) =>
    fc.record({
      routeTableId: fc.constant(routeTableId),
      vpcId: fc.constant('vpc-1'),
      isMain: fc.constant(routeTableId === 'rtb-main'),
      subnetIds: fc.subarray(
        SUBNETS.filter((_, index) => routeTableId === `rtb-${1 + (index % 2)}`),
      ),
      routes,
    }),
  ),
  natGateways: some(['nat-1', 'nat-2'], (natGatewayId) =>
    fc.record({
      natGatewayId: fc.constant(natGatewayId),
      subnetId: fc.oneof(fc.constantFrom(...SUBNETS), anyText),
      isPublic: fc.boolean(),
      state: states,
    }),
  ),
  attachedInternetGatewayIds: fc.subarray(['igw-1', 'igw-2']),
  endpoints: some(['vpce-1', 'vpce-2'], (endpointId) =>
    fc.record({
      endpointId: fc.constant(endpointId),
      vpcId: vpcIds,
      serviceName: fc.oneof(
        fc.constantFrom('com.amazonaws.us-east-1.s3', 'com.amazonaws.us-east-1.sts'),
        anyText,
      ),
      type: fc.constantFrom('Gateway', 'Interface', 'GatewayLoadBalancer'),
      state: states,
      routeTableIds: fc.subarray(['rtb-main', 'rtb-1', 'rtb-2']),
    }),
  ),
});

/** The same network and attachment, listed the other way round. */
function reversed({ routeTables, ...rest }: ListedNetwork): ListedNetwork {
  return {
    vpcs: rest.vpcs.toReversed(),
    subnets: rest.subnets.toReversed(),
    securityGroups: rest.securityGroups.toReversed(),
    routeTables: routeTables.toReversed().map((table) => ({
      ...table,
      subnetIds: table.subnetIds.toReversed(),
      routes: table.routes.toReversed(),
    })),
    natGateways: rest.natGateways.toReversed(),
    attachedInternetGatewayIds: rest.attachedInternetGatewayIds.toReversed(),
    endpoints: rest.endpoints.toReversed(),
  };
}

/** How bad a verdict is. */
function rankOf(verdict: Verdict | undefined): number {
  return ['not-applicable', 'compliant', 'unknown', 'violation'].indexOf(verdict?.status ?? '');
}

function reasonOf(verdict: Verdict | undefined): string {
  return verdict !== undefined && 'reason' in verdict ? verdict.reason : '';
}

describe('the controls that judge by the network', () => {
  it('answer every network, in one bounded line', () => {
    fc.assert(
      fc.property(networks, places, (listed, to) => {
        for (const control of ALL) {
          const verdict = judge(control, listed, to);
          expect(verdict?.status).toMatch(/^(compliant|violation|unknown|not-applicable)$/);
          expect(reasonOf(verdict)).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{0,2500}$/u);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('do not find a violation compliant because of another subnet', () => {
    fc.assert(
      fc.property(networks, places, fc.constantFrom(...SUBNETS), (listed, to, subnetId) => {
        for (const control of EACH_SUBNET) {
          const before = judge(control, listed, to);
          const after = judge(control, listed, { ...to, subnetIds: [...to.subnetIds, subnetId] });
          expect(rankOf(after)).toBeGreaterThanOrEqual(rankOf(before));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('answer the same in whatever order things are listed', () => {
    fc.assert(
      fc.property(networks, places, (listed, to) => {
        const other = { ...to, subnetIds: to.subnetIds.toReversed() };
        for (const control of ALL) {
          expect(judge(control, reversed(listed), other)).toEqual(judge(control, listed, to));
        }
      }),
      { numRuns: 300 },
    );
  });
});

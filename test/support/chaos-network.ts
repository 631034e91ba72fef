import type { Fact } from '../../functions/core/facts.ts';
import { indexNetwork, type NetworkFacts } from '../../functions/core/network.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import type { Random } from './chaos-random.ts';
import { LISTED_NETWORK } from './fake-network.ts';

/** A network that people change, and that the guardrail may remember for a while. */
export interface ChaosNetwork {
  /** Subnets and security groups that no longer exist. */
  readonly missing: Set<string>;
  /** Subnets whose route table leads to an internet gateway. */
  readonly open: Set<string>;
  /** Whether the guardrail's role may read it. */
  isReadable: boolean;
  readonly readNetwork: Ports['readNetwork'];
}

const REMEMBERED_MS = 60_000;

/** Creates the network of the builders' attachments. */
export function createChaosNetwork(
  clock: { readonly nowMs: number },
  random: Random,
): ChaosNetwork {
  const answers: { readonly atMs: number; readonly fact: Fact<NetworkFacts> }[] = [];
  const network: ChaosNetwork = {
    missing: new Set(),
    open: new Set(),
    isReadable: true,
    readNetwork: async (_, isFresh) => {
      while ((answers[0]?.atMs ?? clock.nowMs) < clock.nowMs - REMEMBERED_MS) answers.shift();
      if (!isFresh && answers.length > 0 && random.chance(0.5)) return random.pick(answers).fact;
      const fact = factOf(network);
      answers.push({ atMs: clock.nowMs, fact });
      return fact;
    },
  };
  return network;
}

function factOf({ missing, open, isReadable }: ChaosNetwork): Fact<NetworkFacts> {
  if (!isReadable) return { unknown: 'UnauthorizedOperation: you are not authorized' };
  const { subnets, securityGroups, routeTables } = LISTED_NETWORK;
  const toInternet = {
    destination: '0.0.0.0/0',
    kind: 'internet-gateway',
    targetId: 'igw-1',
    isBlackhole: false,
  } as const;
  return {
    value: indexNetwork({
      ...LISTED_NETWORK,
      subnets: subnets.filter(({ subnetId }) => !missing.has(subnetId)),
      securityGroups: securityGroups.filter(({ groupId }) => !missing.has(groupId)),
      routeTables: [
        ...routeTables,
        ...[...open].map((subnetId) => ({
          routeTableId: `rtb-${subnetId}`,
          vpcId: 'vpc-1',
          isMain: false,
          subnetIds: [subnetId],
          routes: [toInternet],
        })),
      ],
      attachedInternetGatewayIds: ['igw-1'],
    }),
  };
}

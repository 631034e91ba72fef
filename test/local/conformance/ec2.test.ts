import { beforeAll, describe, expect, it } from 'vitest';
import pages from '../../cases/ec2-pages.json' with { type: 'json' };
import unshown from '../../cases/unshown-ec2.json' with { type: 'json' };
import { explain } from '../../support/conformance.ts';
import { playEndpoints, playInternetGateways, playNatGateways } from './ec2-gateways.ts';
import { playInterfaces } from './ec2-interfaces.ts';
import { listed } from './ec2-lists.ts';
import { makePlenty } from './ec2-plenty.ts';
import { playPeerings, playRoutes, playTransit } from './ec2-routing.ts';
import { playRules } from './ec2-rules.ts';
import { type Ec2Scene, newClient } from './ec2-scene.ts';
import { playGroups, playSubnets, playTags, playVpcs } from './ec2-vpcs.ts';
import { operationsOf, unseenAfter } from './watched-service.ts';

let unseen: ReadonlyMap<string, readonly string[]>;

const SCENARIOS: readonly ((scene: Ec2Scene) => Promise<void>)[] = [
  playVpcs,
  playSubnets,
  playGroups,
  playRules,
  playTags,
  playInternetGateways,
  playNatGateways,
  playEndpoints,
  playPeerings,
  playTransit,
  playRoutes,
  playInterfaces,
  makePlenty,
  turnPages,
];

beforeAll(async () => {
  const from = { service: 'ec2', sdkPackage: '@aws-sdk/client-ec2' };
  unseen = await unseenAfter(from, async ({ account, observe }) => {
    const ec2 = observe(newClient(account));
    for (const play of SCENARIOS) await play({ account, ec2 });
    ec2.destroy();
  });
});

describe('EC2', () => {
  it.each(operationsOf('ec2'))('answers what it documents of %s', (name) => {
    const { unexplained } = explain(new Map([[name, unseen.get(name) ?? []]]), unshown);

    expect(unexplained).toEqual([]);
  });

  it('shows nothing that is explained away', () => {
    expect(explain(unseen, unshown).superfluous).toEqual([]);
  });
});

async function turnPages({ ec2 }: Ec2Scene): Promise<void> {
  for (const [operation, [MaxResults]] of Object.entries(pages)) {
    await listed(ec2, operation, { MaxResults });
  }
}

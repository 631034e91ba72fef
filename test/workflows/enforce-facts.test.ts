import { describe, expect, it } from 'vitest';
import type { NetworkFacts } from '../../functions/core/network.ts';
import { indexNetwork } from '../../functions/core/network.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import { ARN, ATTACHMENTS, controlsWith, enforcingPolicy } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { LISTED_NETWORK } from '../support/fake-network.ts';

type Wishes = Parameters<typeof controlsWith>[0];

/** A function that the policy has nothing to say against, in a drill with these controls beside LVG.1. */
async function settledDrill(controls: Wishes, wrap?: (ports: Ports) => Ports): Promise<Drill> {
  const drill = createDrill(enforcingPolicy({ controls: controlsWith(controls) }), wrap);
  drill.create(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(120_000);
  drill.world.calls.length = 0;
  drill.world.notices.length = 0;
  drill.outcomes.length = 0;
  return drill;
}

function callsOf({ world }: Drill, port: string) {
  return world.calls.filter((call) => call.port === port);
}

describe('enforceFunction: the network', () => {
  it('is not read where nothing changed', async () => {
    const drill = await settledDrill({ 'LVG.6': {}, 'LVG.3': {} });
    drill.tweak();

    await drill.run();

    expect(drill.world.calls.map(({ port }) => port)).toEqual(['readRecord']);
  });

  it('is read beside the function, of its VPC and the baseline, afresh where a revert is near', async () => {
    const drill = await settledDrill({ 'LVG.6': {} });
    drill.update(ATTACHMENTS.forbidden);

    await drill.run(5_000);

    expect(callsOf(drill, 'readNetwork')).toEqual([
      { port: 'readNetwork', args: [['vpc-1', 'vpc-9'], true] },
    ]);
  });

  it('is remembered where only something else is asked for', async () => {
    const drill = await settledDrill({ 'LVG.6': {} });
    drill.send({});

    await drill.run();

    expect(callsOf(drill, 'readNetwork')).toEqual([
      { port: 'readNetwork', args: [['vpc-1'], false] },
    ]);
  });

  it('is read afresh where a change of it asked for the look', async () => {
    const drill = await settledDrill({ 'LVG.6': {} });
    drill.send({ isFresh: true });

    await drill.run();

    expect(callsOf(drill, 'readNetwork')).toEqual([
      { port: 'readNetwork', args: [['vpc-1'], true] },
    ]);
  });

  it('is read afresh before a violation that turns on it is acted on', async () => {
    const drill = createDrill(ZONES_OR_QUARANTINE, (ports) => ({
      ...ports,
      readNetwork: async (place, isFresh) => {
        const fact = await ports.readNetwork(place, isFresh);
        return isFresh || 'unknown' in fact ? fact : { value: inOneZone(fact.value) };
      },
    }));
    drill.create(ATTACHMENTS.approved);

    await drill.run();

    const { outcomes, world } = drill;
    expect(outcomes.map(({ verdict }) => verdict)).not.toContain('violation');
    expect(drill.snapshot().reservedConcurrency).toBeUndefined();
    expect(world.notices).toEqual([]);
  });

  it('is remembered again once such a violation stands', async () => {
    const drill = createDrill(ZONES_OR_QUARANTINE);
    drill.create(ATTACHMENTS.alsoApproved);
    await drill.run();
    drill.send({});

    await drill.run();

    const areFresh = callsOf(drill, 'readNetwork').map(({ args: [, isFresh] }) => isFresh);
    expect(areFresh.slice(0, 2)).toEqual([false, true]);
    expect(areFresh.at(-1)).toBe(false);
    expect(drill.snapshot().reservedConcurrency).toBe(0);
  });

  it('is not read of a function that is in none', async () => {
    const drill = createDrill(
      enforcingPolicy({ access: [], controls: controlsWith({ 'LVG.6': {} }) }),
    );
    drill.create(ATTACHMENTS.detached);

    await drill.run();

    expect(callsOf(drill, 'readNetwork')).toEqual([]);
    expect(drill.outcomes.at(-1)).toMatchObject({ verdict: 'compliant' });
  });

  it('decides on a violation of a control that wants it', async () => {
    const drill = await settledDrill({ 'LVG.6': { onChange: 'revert' } });
    drill.update(ATTACHMENTS.alsoApproved);

    await drill.run();

    expect(drill.snapshot().attachment).toEqual(ATTACHMENTS.approved);
    expect(drill.world.notices[0]).toMatchObject({ controlId: 'LVG.6', remediation: 'revert' });
  });

  it('proves nothing where it may not be read: another control still acts, and no revert', async () => {
    const drill = await settledDrill({ 'LVG.6': { onChange: 'revert' } }, (ports) => ({
      ...ports,
      readNetwork: async (place, isFresh) =>
        ports.nowMs() < Date.UTC(2026, 10, 22, 9, 2) ? ports.readNetwork(place, isFresh) : DENIED,
    }));
    drill.update(ATTACHMENTS.alsoApproved);
    await drill.run();
    expect(drill.outcomes.at(-1)).toMatchObject({ verdict: 'unknown', remediation: 'none' });

    drill.update(ATTACHMENTS.forbidden);
    await drill.run();

    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.forbidden,
      reservedConcurrency: 0,
    });
  });
});

const ZONES_OR_QUARANTINE = enforcingPolicy({
  controls: controlsWith({ 'LVG.6': { onCreate: 'quarantine' } }),
});

/** As somebody may have read it before a subnet was moved. */
function inOneZone(network: NetworkFacts): NetworkFacts {
  const moved = [...network.subnets].map(
    ([id, subnet]) => [id, { ...subnet, zone: 'us-east-1a' }] as const,
  );
  return { ...network, subnets: new Map(moved) };
}

const DENIED = { unknown: 'nobody may read it' };

describe('enforceFunction: a change of the network', () => {
  const strict = { onCreate: 'quarantine', onChange: 'revert', onFound: 'notify' } as const;

  it('condemns no function for what it was created or changed with', async () => {
    const controls = controlsWith({ 'LVG.3': strict, 'LVG.6': {} });
    const drill = createDrill(enforcingPolicy({ access: [], controls }));
    drill.create(ATTACHMENTS.alsoApproved);
    await drill.run();
    expect(drill.record().violation).toMatchObject({ causes: { 'LVG.6': 'create' } });

    drill.world.inject('readNetwork', { answer: { value: PUBLIC } });
    drill.send({ isFresh: true });
    await drill.run();

    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'violation',
      cause: 'found',
      remediation: 'none',
      reason: 'the policy only asks to notify',
    });
    expect(drill.snapshot()).not.toHaveProperty('reservedConcurrency');
  });

  it('does condemn one that is created so', async () => {
    const drill = createDrill(
      enforcingPolicy({ access: [], controls: controlsWith({ 'LVG.3': strict }) }),
      (ports) => ({ ...ports, readNetwork: async () => ({ value: PUBLIC }) }),
    );
    drill.create(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.snapshot().reservedConcurrency).toBe(0);
  });
});

const PUBLIC = indexNetwork({
  ...LISTED_NETWORK,
  attachedInternetGatewayIds: ['igw-1'],
  routeTables: LISTED_NETWORK.routeTables.map((table) => ({
    ...table,
    routes: [
      { destination: '0.0.0.0/0', kind: 'internet-gateway', targetId: 'igw-1', isBlackhole: false },
    ],
  })),
});

describe('enforceFunction: two handlers at the same time', () => {
  it('tell people once', async () => {
    const drill = await settledDrill({ 'LVG.12': { severity: 'high' } });
    drill.fallIdle();
    const order = { functionArn: ARN, hops: 0, wake: false };
    const look = () => enforceFunction(order, drill.ports, drill.settings);

    const ended = await Promise.allSettled([look(), look()]);

    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(drill.noticeKinds()).toEqual(['violation']);
  });
});

describe('enforceFunction: what is in quarantine', () => {
  it('is not released while a published version keeps what the policy quarantines', async () => {
    const drill = createDrill(
      enforcingPolicy({
        controls: controlsWith({ 'LVG.15': { onChange: 'quarantine', onFound: 'quarantine' } }),
      }),
    );
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.world.versions.set(ARN, [
      { version: '1', aliases: ['live'], attachment: ATTACHMENTS.forbidden },
    ]);
    drill.pass(120_000);
    drill.update(ATTACHMENTS.approved);

    await drill.run();

    expect(drill.snapshot()).toMatchObject({
      attachment: ATTACHMENTS.approved,
      reservedConcurrency: 0,
    });
  });
});

describe('enforceFunction: what only a sweep judges', () => {
  const denied = { value: { denied: ['ec2:CreateNetworkInterface'] } };

  it('is left alone by an event', async () => {
    const drill = await settledDrill({ 'LVG.7': {}, 'LVG.15': {} });
    drill.send({});

    await drill.run();

    expect(callsOf(drill, 'readRole')).toEqual([]);
    expect(callsOf(drill, 'readVersions')).toEqual([]);
  });

  it('is judged again by every look while a violation of it stands, until it is over', async () => {
    const drill = await settledDrill({ 'LVG.7': {} });
    drill.world.inject('readRole', { answer: denied });
    drill.send({ isThorough: true });
    await drill.run();
    expect(drill.record().violation).toMatchObject({ controlIds: ['LVG.7'], isTold: true });

    drill.world.inject('readRole', { answer: denied });
    drill.tweak();
    await drill.run();
    expect(drill.noticeKinds()).toEqual(['violation']);

    drill.tweak();
    await drill.run();
    expect(drill.noticeKinds()).toEqual(['violation', 'resolution']);
    expect(drill.record().violation).toBeUndefined();
  });

  it('quarantines for a published version where the policy says so', async () => {
    const drill = await settledDrill({ 'LVG.15': { onFound: 'quarantine' } });
    const version = { version: '3', aliases: ['live'], attachment: ATTACHMENTS.forbidden };
    drill.world.versions.set(ARN, [version]);
    drill.send({ isThorough: true });

    await drill.run();

    expect(drill.snapshot().reservedConcurrency).toBe(0);
    const [notice] = drill.world.notices;
    expect(notice?.controlId).toBe('LVG.15');
    expect(notice?.text).toMatch(/version `3` .*live.*LVG\.1/s);
  });

  it('judges a version that is where the function is by whoever put it there', async () => {
    const drill = await settledDrill({ 'LVG.15': {} });
    drill.world.versions.set(ARN, [
      { version: '3', aliases: [], attachment: ATTACHMENTS.approved },
    ]);
    drill.send({ isThorough: true });

    await drill.run();

    expect(drill.outcomes.at(-1)).toMatchObject({ verdict: 'compliant' });
  });

  it('reports what cannot be known, and does nothing', async () => {
    const drill = await settledDrill({ 'LVG.15': { onFound: 'quarantine' } });
    drill.world.inject('readVersions', { answer: DENIED });
    drill.send({ isThorough: true });

    await drill.run();

    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'unknown',
      findings: [{ controlId: 'LVG.15', reason: 'nobody may read it' }],
    });
  });

  it('asks what function code may do only where the policy does', async () => {
    const drill = await settledDrill({ 'LVG.8': {} });
    drill.send({ isThorough: true });

    await drill.run();

    expect(callsOf(drill, 'readFunctionCode')).toHaveLength(1);
    expect(callsOf(drill, 'readRole')).toEqual([]);
  });

  it('asks nothing of the role of a function that is in no VPC', async () => {
    const controls = controlsWith({ 'LVG.7': {}, 'LVG.8': {} });
    const drill = createDrill(enforcingPolicy({ access: [], controls }));
    drill.create(ATTACHMENTS.detached);
    drill.send({ isThorough: true });

    await drill.run();

    expect(callsOf(drill, 'readRole')).toEqual([]);
    expect(callsOf(drill, 'readFunctionCode')).toEqual([]);
  });
});

describe('enforceFunction: a function on a capacity provider', () => {
  const PROVIDER = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:shared';

  async function judgeProvider(answer: Awaited<ReturnType<Ports['readCapacityProvider']>>) {
    const drill = await settledDrill({ 'LVG.16': {}, 'LVG.6': {} });
    const { snapshots } = drill.world;
    snapshots.set(ARN, {
      ...drill.snapshot(),
      attachment: ATTACHMENTS.detached,
      hasCapacityProvider: true,
      capacityProviderArn: PROVIDER,
    });
    drill.world.inject('readCapacityProvider', { answer });
    drill.send({});
    await drill.run();
    return drill;
  }

  it("is judged by the provider's subnets and groups, in whatever VPC they are", async () => {
    const { vpcId, ...elsewhere } = ATTACHMENTS.forbidden;

    const drill = await judgeProvider({ value: elsewhere });

    expect(callsOf(drill, 'readNetwork').at(-1)?.args).toEqual(['every', false]);
    expect(drill.outcomes.at(-1)).toMatchObject({
      verdict: 'violation',
      remediation: 'none',
      findings: [{ controlId: 'LVG.16', reason: expect.stringMatching(/vpc-9.*LVG\.1/) }],
    });
  });

  it('is unknown where the provider cannot be read', async () => {
    const drill = await judgeProvider(DENIED);

    expect(drill.outcomes.at(-1)).toMatchObject({
      findings: [{ controlId: 'LVG.16', verdict: 'unknown' }],
    });
  });

  it('is unknown where the network cannot be read, or has no such subnet', async () => {
    const { vpcId, ...elsewhere } = ATTACHMENTS.approved;

    const drill = await judgeProvider({ value: { ...elsewhere, subnetIds: ['subnet-gone'] } });

    expect(drill.outcomes.at(-1)).toMatchObject({
      findings: [{ controlId: 'LVG.16', verdict: 'unknown' }],
    });
  });
});

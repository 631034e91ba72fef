import type { Order } from '../../functions/core/order.ts';
import type { Agenda } from './chaos-agenda.ts';
import type { Handlers } from './chaos-handlers.ts';
import type { Happenings } from './chaos-happenings.ts';
import type { Ledger } from './chaos-ledger.ts';
import type { ChaosNetwork } from './chaos-network.ts';
import { CHAOS_POLICIES, type ChaosPolicy } from './chaos-policies.ts';
import type { Random } from './chaos-random.ts';
import type { FakeWorld } from './fakes.ts';

/** What operators have their hands on. */
export interface OperatorParts {
  readonly world: FakeWorld;
  readonly network: ChaosNetwork;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly happenings: Happenings;
  readonly ledger: Ledger;
  readonly handlers: Handlers;
  readonly send: (order: Order, delayMs: number) => void;
  readonly deploy: (policy: ChaosPolicy) => void;
}

const DEEDS = {
  kill: 3,
  trip: 2,
  reset: 6,
  deploy: 3,
  audit: 2,
  release: 8,
  rescan: 3,
  sweep: 4,
  wake: 4,
  network: 8,
  unreadable: 3,
} as const;

const SUBNETS = ['subnet-1', 'subnet-2', 'subnet-3'];

/** Answers what an operator, or whoever keeps the network, does next. */
export function createChaosOperators(parts: OperatorParts): () => void {
  const { agenda, random, happenings, handlers } = parts;
  const aWhile = (): number => random.between(30_000, 180_000);
  const deploy = (policy: ChaosPolicy): void => {
    parts.deploy(policy);
    agenda.after(aWhile(), () => void handlers.rescan());
  };
  const deeds: Record<keyof typeof DEEDS, () => void> = {
    ...createSwitches(parts, aWhile),
    deploy: () => {
      happenings.count('another policy deployed');
      deploy(random.pick([CHAOS_POLICIES.usual, CHAOS_POLICIES.tight]));
    },
    audit: () => {
      happenings.count('audit deployed');
      deploy(CHAOS_POLICIES.audit);
      agenda.after(aWhile(), () => deploy(CHAOS_POLICIES.usual));
    },
    release: () => release(parts),
    rescan: () => {
      happenings.count('rescan');
      void handlers.rescan(random.chance(0.3) ? 'audit' : undefined);
    },
    sweep: () => {
      happenings.count('sweep');
      handlers.sweep();
    },
    wake: () => wake(parts),
    network: () => changeNetwork(parts),
  };
  return () => deeds[random.weighed(DEEDS)]();
}

function createSwitches(
  parts: OperatorParts,
  aWhile: () => number,
): Record<'kill' | 'trip' | 'reset' | 'unreadable', () => void> {
  const { world, network, agenda, happenings } = parts;
  const { account } = world;
  return {
    kill: () => {
      happenings.count('kill switch');
      account.mode = 'audit';
      agenda.after(aWhile(), () => {
        account.mode = 'enforce';
      });
    },
    trip: () => {
      happenings.count('breaker tripped by an operator');
      account.breaker = 'tripped';
    },
    reset: () => resetBreaker(parts),
    unreadable: () => {
      happenings.count('network unreadable');
      network.isReadable = false;
      agenda.after(aWhile(), () => {
        network.isReadable = true;
      });
    },
  };
}

/** An operator says: go on. */
export function resetBreaker({
  world: { account },
  happenings,
  ledger,
}: Pick<OperatorParts, 'world' | 'happenings' | 'ledger'>): void {
  if (account.breaker === 'closed') return;
  happenings.count('breaker reset');
  account.breaker = 'closed';
  account.spentMs = new Map();
  ledger.spentMs.clear();
  delete account.trip;
  delete account.tellingMs;
}

function release({ random, happenings, handlers, ledger, world }: OperatorParts): void {
  const held = [...ledger.holds.keys()];
  const functionArn = random.pick(held.length > 0 ? held : [...world.snapshots.keys()]);
  happenings.count('release asked for');
  const isForced = random.chance(0.4);
  const holdHours = random.pick([1, 24]);
  const common = { functionArn, reason: 'a deadline' };
  handlers.release(isForced ? { ...common, force: true, holdHours } : { ...common, force: false });
}

function wake({ random, happenings, world, send }: OperatorParts): void {
  for (const { functionArn, state } of world.snapshots.values()) {
    if (state !== 'Inactive' || !random.chance(0.5)) continue;
    happenings.count('wake asked for');
    send({ functionArn, hops: 0, wake: true }, random.between(0, 5_000));
  }
}

/** A subnet goes or comes back, or its route table leads to the internet or no longer does. */
function changeNetwork({ network, random, happenings, world, send }: OperatorParts): void {
  happenings.count('network changed');
  const subnetId = random.pick(SUBNETS);
  const changed = random.chance(0.5) ? network.missing : network.open;
  if (!changed.delete(subnetId)) changed.add(subnetId);
  const after = { resourceId: subnetId, eventId: `network-${world.clock.nowMs}` };
  for (const { functionArn, attachment } of world.snapshots.values()) {
    if (attachment.vpcId !== 'vpc-1') continue;
    send(
      { functionArn, hops: 0, wake: false, isFresh: true, after },
      30_000 + random.between(0, 4_000),
    );
  }
}

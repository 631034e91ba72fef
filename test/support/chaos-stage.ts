import type { Order } from '../../functions/core/order.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { createChaosAccount } from './chaos-account.ts';
import { type Agenda, createAgenda } from './chaos-agenda.ts';
import type { Bug } from './chaos-bug.ts';
import { createHandlers, type Handlers } from './chaos-handlers.ts';
import { createHappenings, type Happenings } from './chaos-happenings.ts';
import { createLedger, type Ledger } from './chaos-ledger.ts';
import { type ChaosNetwork, createChaosNetwork } from './chaos-network.ts';
import { createChaosOperators } from './chaos-operators.ts';
import { createChaosPeople } from './chaos-people.ts';
import { CHAOS_POLICIES, type ChaosPolicy } from './chaos-policies.ts';
import { createRandom, type Random } from './chaos-random.ts';
import { type ChaosWatch, createWatch } from './chaos-watch.ts';
import { createFakeSweep } from './fake-sweep.ts';
import { createFakeWorld, type FakeWorld } from './fakes.ts';

/** What may change while a run goes on. */
interface Weather {
  deployed: ChaosPolicy;
  /** False once everything has to end well. */
  isRough: boolean;
}

/** Everything that a chaos run happens in. */
export interface Stage {
  readonly world: FakeWorld;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly happenings: Happenings;
  readonly ledger: Ledger;
  readonly network: ChaosNetwork;
  readonly handlers: Handlers;
  readonly weather: Weather;
  readonly watched: ChaosWatch;
  /** Somebody does something. */
  readonly someone: () => void;
  /** An operator, or whoever keeps the network, does something. */
  readonly operator: () => void;
}

/** What a run is asked for. */
export interface StageOptions {
  readonly seed: number;
  readonly functions: number;
  readonly bug?: Bug | undefined;
}

/** Sets up a world, and everybody in it. */
export function createStage({ seed, functions, bug }: StageOptions): Stage {
  const world = createFakeWorld();
  const { clock } = world;
  const weather: Weather = { deployed: CHAOS_POLICIES.usual, isRough: true };
  const random = createRandom(seed);
  const agenda = createAgenda(clock);
  const happenings = createHappenings();
  const ledger = createLedger();
  const network = createChaosNetwork(clock, random);
  const watched = createWatch(ledger, clock);
  const isRough = (): boolean => weather.isRough;
  const common = { world, agenda, random, happenings, ledger, network, isRough };
  const noteOrder = createOrderNote(happenings);
  const send = (order: Order, delayMs: number): void =>
    agenda.after(delayMs, () => {
      noteOrder(order);
      handlers.enforce(order);
    });
  const account = createChaosAccount({ ...common, send });
  const handlers = createHandlers({
    ...common,
    ...watched,
    account,
    ports: portsOf({ ...common, send, bug }),
    deployed: () => weather.deployed,
    bug,
  });
  const deploy = (policy: ChaosPolicy): void => {
    weather.deployed = policy;
  };
  const someone = createChaosPeople({ ...common, account, functions });
  const operator = createChaosOperators({ ...common, handlers, send, deploy });
  return { ...common, handlers, weather, watched, someone, operator };
}

/** Notes what comes out of order. */
function createOrderNote({ count }: Happenings): (order: Order) => void {
  const toldMs = new Map<string, number>();
  return ({ functionArn, change }) => {
    if (change === undefined) return;
    const lastMs = toldMs.get(functionArn) ?? 0;
    if (change.eventTimeMs < lastMs) count('message overtaken by a later one');
    toldMs.set(functionArn, Math.max(lastMs, change.eventTimeMs));
  };
}

/** The world's ports, with the queue, the network and what is wrong on purpose in their place. */
function portsOf({
  world,
  network,
  happenings,
  send,
  bug,
}: Pick<Stage, 'world' | 'network' | 'happenings'> & {
  readonly send: (order: Order, delayMs: number) => void;
  readonly bug: Bug | undefined;
}): SweepPorts {
  return {
    ...createFakeSweep(world).ports,
    ...(bug?.world?.(world.ports, world) ?? world.ports),
    readNetwork: network.readNetwork,
    // The event of it comes back at once.
    sendHeartbeat: world.ports.noteHeartbeat,
    enqueue: async (order, delaySeconds) => send(order, delaySeconds * 1000),
    takeToken: async (request, limit) => {
      const { breaker } = world.account;
      const answer = await world.ports.takeToken(request, limit);
      if (breaker !== world.account.breaker) happenings.count('breaker tripped by too much');
      return answer;
    },
  };
}

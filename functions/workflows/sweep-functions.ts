import { pMapIterable } from 'p-map';
import type { MetExemptions } from '../core/exemption.ts';
import type { InterfaceMap } from '../core/interface-map.ts';
import { matchesFunction, type RescanRequest } from '../core/rescan-request.ts';
import { type ListedGroup, listGroups, toSeen } from './list-groups.ts';
import type { OrderGate } from './order-gate.ts';
import type { NetworkRead } from './read-network.ts';
import type { Settings } from './settings.ts';
import { type Swept, sweepFunction } from './sweep-function.ts';
import type { SeenFunction, SweepPorts } from './sweep-ports.ts';

/** One pass over the functions of an account. */
export interface Sweep {
  readonly request: RescanRequest;
  readonly met: MetExemptions;
  /** Of every VPC of the account. */
  readonly network: NetworkRead;
  /** Where orders go. */
  readonly gate: OrderGate;
  /** Every listed attachment joins it. */
  readonly interfaces: InterfaceMap;
  readonly withVersions: boolean;
  /** Where the list goes on; absent: at its head. */
  readonly marker?: string | undefined;
  /** The names of the functions that were listed before; new ones join them. */
  readonly seen: Set<string>;
  /** What began since is new to people: they were last told then. */
  readonly newSinceMs: number;
}

/** A sweep, and how long it goes on. */
export interface TimedSweep {
  readonly sweep: Sweep;
  /** Asked before each look: from then on none is begun, and those that are under way end. */
  readonly isOver: () => boolean;
}

/** One step of a sweep. */
export interface SweepStep {
  readonly seen: SeenFunction;
  /** The page that it was on: who stops here goes on from there. */
  readonly marker?: string | undefined;
  /** Absent where nobody asked for the function. */
  readonly swept?: Swept;
}

/** So many functions are looked at together: at 100 reads a second each may take a quarter of one. */
const LOOKS_AT_ONCE = 25;

/** Looks at the functions of an account in the order of its list, many at a time; keeps nothing of them. */
export function sweepFunctions(
  { sweep, isOver }: TimedSweep,
  ports: SweepPorts,
  settings: Settings,
): AsyncIterable<SweepStep> {
  const { ownFunctionArns } = settings.deployment;
  const { functions } = sweep.request;
  const isWanted = (functionArn: string): boolean =>
    !ownFunctionArns.has(functionArn) && matchesFunction(functions, functionArn);
  const look = async (group: ListedGroup): Promise<SweepStep> => {
    const seen = toSeen(group);
    for (const attachment of seen.attachments) {
      sweep.interfaces.add(group.functionArn, attachment);
    }
    const step = { seen, marker: group.marker };
    if (!isWanted(group.functionArn)) return step;
    return { ...step, swept: await sweepFunction(group, sweep, ports, settings) };
  };
  const groups = untilOver(listGroups({ ...sweep, isWanted }, ports), isOver);
  return pMapIterable(groups, look, { concurrency: LOOKS_AT_ONCE });
}

async function* untilOver<Item>(
  items: AsyncIterable<Item>,
  isOver: () => boolean,
): AsyncGenerator<Item> {
  for await (const item of items) {
    if (isOver()) return;
    yield item;
  }
}

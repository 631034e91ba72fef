import type { AccountCore, Gate, Request } from '../account-core.ts';
import { createRandom } from '../random.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { type FaultEffect, type FaultRule, type FaultState, strikes } from './fault-rule.ts';
import { holdRequest } from './held-requests.ts';
import { throttled } from './throttled.ts';

/** A planted fault as people see it. */
export type PlantedFault = FaultRule & {
  readonly id: string;
  readonly seen: number;
  readonly hits: number;
};

/** Where deployed functions run. */
export interface FaultHost {
  /** The event that a function handles, by the access key of its environment. */
  readonly handledBy: (accessKeyId: string) => string | undefined;
  /** Ends the environment, whatever it is doing. */
  readonly crash: (accessKeyId: string) => Promise<void>;
}

/** The faults that are planted in an account. */
export interface PlantedFaults {
  readonly gate: Gate;
  /** Names where functions run: from then on they can crash. */
  readonly runOn: (host: FaultHost) => void;
  /** Answers the id of the new rule; the first rule that strikes a call decides. */
  readonly add: (rule: FaultRule) => string;
  readonly list: () => readonly PlantedFault[];
  /** False where there is no such rule. */
  readonly remove: (id: string) => boolean;
  readonly clear: () => void;
}

/** Creates an account's faults: none. The same seed, rules and calls make the same faults. */
export function createPlantedFaults(
  core: Pick<AccountCore, 'clock' | 'heldRequests'>,
  seed: number,
): PlantedFaults {
  const states = new Map<string, FaultState>();
  let added = 0;
  let host: FaultHost | undefined;
  return {
    runOn: (found) => {
      host = found;
    },
    gate: (request) => {
      const call = {
        service: request.service.name,
        operation: request.operation.name,
        caller: request.caller.arn,
        handled: host?.handledBy(request.caller.accessKeyId),
      };
      const struck = [...states.values()].find(
        (state) => mayStrike(state.rule, request) && strikes(state, call),
      );
      return struck === undefined ? undefined : befall({ ...core, host }, struck.rule, request);
    },
    add: (rule) => {
      added += 1;
      const id = `fault-${added}`;
      // A source of its own: rules do not change what befalls the calls of others.
      const random = createRandom(seed + added * 1_000_003);
      states.set(id, { id, rule, random, seen: 0, hits: 0 });
      return id;
    },
    list: () =>
      [...states.values()].map(({ id, rule, seen, hits }) => ({ id, ...rule, seen, hits })),
    remove: (id) => states.delete(id),
    clear: () => states.clear(),
  };
}

/** Calls that CloudFormation makes for its caller have no connection that could fail or be slow. */
function mayStrike({ kind }: FaultRule, { caller }: Request): boolean {
  return caller.invokedBy === undefined || kind === 'error' || kind === 'throttle';
}

interface Place extends Pick<AccountCore, 'clock' | 'heldRequests'> {
  readonly host: FaultHost | undefined;
}

function befall(core: Place, effect: FaultEffect, { service, caller }: Request): ReturnType<Gate> {
  switch (effect.kind) {
    case 'error':
      throw new AwsFault(effect.message ?? 'planted fault', {
        code: effect.name,
        status: effect.status,
        members: { Type: effect.status < 500 ? 'User' : 'Server' },
      });
    case 'throttle':
      throw throttled(service.name);
    case 'latency':
      return delay(core, caller.accessKeyId, effect.seconds * 1000);
    case 'reset':
    case 'hang': {
      const lose = () => {
        throw lost(effect.kind);
      };
      if (effect.after === true) return lose;
      return lose();
    }
    case 'crash': {
      const crash = async () => {
        await core.host?.crash(caller.accessKeyId);
        throw lost('reset');
      };
      return effect.after === true ? crash : crash();
    }
  }
}

function lost(connection: 'reset' | 'hang'): AwsFault {
  return new AwsFault('planted fault', { code: 'ConnectionLost', status: 500, connection });
}

async function delay(
  { clock, heldRequests }: Pick<AccountCore, 'clock' | 'heldRequests'>,
  accessKeyId: string,
  ms: number,
): Promise<undefined> {
  const release = holdRequest(heldRequests, accessKeyId);
  await new Promise<void>((resolve) => clock.after(ms, resolve));
  release();
}

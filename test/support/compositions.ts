import { createControlContext } from '../../functions/core/controls/evaluate-controls.ts';
import type { EnforceComposition, SweepComposition } from '../../functions/runtime/compose.ts';
import { policyOf } from './compiled-policy.ts';
import { createFakeSweep, type FakeSweep } from './fake-sweep.ts';
import { createFakeWorld, type FakeWorld } from './fakes.ts';

/** One line that a handler logged. */
interface LoggedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a handler is composed of, all of it in memory. */
export interface FakeComposition {
  readonly composed: EnforceComposition & SweepComposition;
  readonly world: FakeWorld;
  readonly sweep: FakeSweep;
  readonly lines: readonly LoggedLine[];
  readonly counts: readonly string[];
  readonly gauges: readonly (readonly [string, number])[];
  readonly aside: { readonly body: string; readonly fault: string }[];
  /** From now on nothing can be set aside. */
  readonly breakDeadLetterQueue: () => void;
}

const OWN_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:guardrail-enforce-on-change';

/** Composes handlers in memory. */
export function createFakeComposition(policy = policyOf({ mode: 'enforce' })): FakeComposition {
  const world = createFakeWorld();
  const lines: LoggedLine[] = [];
  const counts: string[] = [];
  const sweep = createFakeSweep(world);
  const gauges: [string, number][] = [];
  const aside: FakeComposition['aside'] = [];
  let isBroken = false;
  const logAt = (level: LoggedLine['level']) => (message: string, fields: LoggedLine['fields']) => {
    lines.push({ level, message, fields });
  };
  return {
    world,
    sweep,
    lines,
    counts,
    gauges,
    aside,
    breakDeadLetterQueue: () => {
      isBroken = true;
    },
    composed: {
      ports: sweep.ports,
      settings: {
        policy,
        controls: createControlContext(policy),
        deployment: {
          account: '123456789012',
          region: 'us-east-1',
          ownFunctionArns: new Set([OWN_ARN]),
          ownRoleArns: new Set(['arn:aws:iam::123456789012:role/guardrail-enforce']),
        },
      },
      log: { info: logAt('info'), warn: logAt('warn'), error: logAt('error') },
      gauge: (name, value) => {
        gauges.push([name, value]);
      },
      count: (name) => {
        counts.push(name);
      },
      setAside: async (body, fault) => {
        if (isBroken) throw new Error('the dead-letter queue is gone');
        aside.push({ body, fault });
      },
      networkChange: {
        claimNetworkLook: async () => true,
        enqueueNetworkLook: async () => undefined,
        findVpcs: async () => ({ unknown: 'nobody asked' }),
        listFunctionsIn: nothing,
        listAttachedFunctions: nothing,
        enqueueAll: async () => undefined,
      },
      countSentRequests: () => world.calls.length,
    },
  };
}

async function* nothing(): AsyncGenerator<string> {}

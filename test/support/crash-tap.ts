import type { Ports } from '../../functions/workflows/ports.ts';

/** What is done to the guardrail at one of its calls, counted from when the tap is opened. */
export interface Disturbance {
  readonly at: number;
  /** It dies right before AWS gets the call, or right after, without the answer; or another handler runs before it. */
  readonly how: 'before' | 'after' | 'meanwhile';
}

/** Stands between the guardrail and every port that it has, whichever those are. */
export interface Tap {
  readonly wrap: (ports: Ports) => Ports;
  /** Counts from here on, and disturbs as is asked. */
  readonly open: (disturbance: Disturbance | undefined, from: Disturbed) => void;
  /** The ports that were called since then, in order. */
  readonly calls: readonly string[];
}

/** What a disturbance needs to know of the drill. */
interface Disturbed {
  /** Which of its lives the guardrail is in: it is started once for every message. */
  readonly life: () => number;
  /** Another handler, from its first call to its last. */
  readonly runOther: () => Promise<void>;
}

interface Opened {
  readonly disturbance: Disturbance | undefined;
  readonly from: Disturbed;
}

type AnyCall = (...args: readonly unknown[]) => unknown;

/** A clock is read, not called. */
const NO_CALLS: ReadonlySet<string> = new Set<keyof Ports>(['nowMs']);

/** Creates a tap that is closed. */
export function createTap(): Tap {
  const calls: string[] = [];
  let opened: Opened | undefined;
  let deadLife = -1;
  let isOther = false;
  const die = (): never => {
    deadLife = opened?.from.life() ?? -1;
    throw new Error('the process died');
  };
  const meddle = async ({ disturbance, from }: Opened): Promise<boolean> => {
    if (disturbance?.at !== calls.length) return false;
    if (disturbance.how === 'before') return die();
    if (disturbance.how === 'after') return true;
    isOther = true;
    await from.runOther().finally(() => {
      isOther = false;
    });
    return false;
  };
  const begin = async (port: string): Promise<boolean> => {
    if (opened === undefined || isOther) return false;
    // Nothing that runs beside a call survives the process that makes it.
    if (opened.from.life() === deadLife) throw new Error('the process is dead');
    calls.push(port);
    return meddle(opened);
  };
  const tapped =
    (port: string, call: AnyCall): AnyCall =>
    async (...args) => {
      const dies = await begin(port);
      const answer = await Reflect.apply(call, undefined, args);
      return dies ? die() : answer;
    };
  const listed = (port: string, call: AnyCall): AnyCall =>
    async function* (...args) {
      const dies = await begin(port);
      yield* Reflect.apply(call, undefined, args) as AsyncIterable<unknown>;
      if (dies) die();
    };
  return {
    calls,
    wrap: (ports) => {
      const wrapped = Object.entries(ports).map(([port, call]): [string, AnyCall] => {
        if (NO_CALLS.has(port)) return [port, call];
        return [port, port.startsWith('list') ? listed(port, call) : tapped(port, call)];
      });
      return Object.fromEntries(wrapped) as unknown as Ports;
    },
    open: (disturbance, from) => {
      opened = { disturbance, from };
    },
  };
}

import type { Ports } from '../../functions/workflows/ports.ts';
import { ARN } from './builders.ts';
import type { FakeWorld } from './fakes.ts';

const WORK_MS = 20_000;

/** A port that answers with a promise. */
export type AnyPort = Exclude<keyof Ports, 'nowMs'>;

type AnyCall = (...args: readonly unknown[]) => unknown;

/** What is in the way of the guardrail: slow work, work that fails, refusals, and people who come in between. */
export interface Obstacles {
  /** AWS begins to work on the function for somebody. */
  readonly beginWork: (by: string) => void;
  readonly settleWhatIsDue: () => void;
  /** What AWS begins from now on takes so long. */
  readonly stall: (ms: number) => void;
  /** The work that this principal asks for from now on ends as failed; undefined: it does not any more. */
  readonly fail: (by: string | undefined, code?: string) => void;
  /** From now on a port does nothing and answers this, always or for some calls; undefined: it works again. */
  readonly answer: <Port extends AnyPort>(
    port: Port,
    answer: Awaited<ReturnType<Ports[Port]>> | undefined,
    when?: (...args: Parameters<Ports[Port]>) => boolean,
  ) => void;
  /** Something happens right before the next call of a port arrives. */
  readonly meanwhile: (port: AnyPort, act: () => void) => void;
  readonly inTheWay: (ports: Ports) => Ports;
}

/** Creates the obstacles of a world: none yet. */
export function createObstacles({ clock, snapshots, settle }: FakeWorld): Obstacles {
  const answers = new Map<string, { readonly answer: unknown; readonly when: AnyCall }>();
  const hooks: { readonly port: string; readonly act: () => void }[] = [];
  const work = { dueMs: Number.POSITIVE_INFINITY, takesMs: WORK_MS, by: '' };
  const failure: { by?: string | undefined; code: string } = { code: '' };
  const settleWhatIsDue = (): void => {
    if (clock.nowMs < work.dueMs) return;
    work.dueMs = Number.POSITIVE_INFINITY;
    const isFailed = work.by === failure.by;
    settle(ARN);
    const settled = snapshots.get(ARN);
    if (!isFailed || settled === undefined) return;
    snapshots.set(ARN, {
      ...settled,
      lastUpdateStatus: 'Failed',
      lastUpdateStatusReasonCode: failure.code,
    });
  };
  const inTheWay = (ports: Ports): Ports => {
    const blocked = Object.entries(ports).map(([port, call]): [string, AnyCall] => [
      port,
      (...args) => {
        const at = hooks.findIndex((hook) => hook.port === port);
        if (at >= 0) hooks.splice(at, 1)[0]?.act();
        const planned = answers.get(port);
        if (planned?.when(...args) === true) return Promise.resolve(planned.answer);
        return Reflect.apply(call, undefined, args);
      },
    ]);
    return Object.fromEntries(blocked) as unknown as Ports;
  };
  return {
    settleWhatIsDue,
    inTheWay,
    beginWork: (by) => {
      Object.assign(work, { by, dueMs: clock.nowMs + work.takesMs });
    },
    stall: (ms) => {
      work.takesMs = ms;
    },
    fail: (by, code = 'InternalError') => {
      Object.assign(failure, { by, code });
    },
    answer: (port, answer, when = () => true) => {
      if (answer === undefined) answers.delete(port);
      else answers.set(port, { answer, when: when as AnyCall });
    },
    meanwhile: (port, act) => {
      hooks.push({ port, act });
    },
  };
}

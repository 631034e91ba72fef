import { ACTING } from './chaos-invariants-acting.ts';
import { KEEPING } from './chaos-invariants-keeping.ts';
import type { Ledger } from './chaos-ledger.ts';
import { describeStep, type Step } from './chaos-step.ts';

/** A promise that was broken. */
export interface ChaosFailure {
  /** The name of the invariant. */
  readonly invariant: string;
  readonly message: string;
  /** What had happened to the function until then. */
  readonly trace: readonly string[];
}

/** Whoever looks at every step. */
export interface ChaosWatch {
  readonly failures: ChaosFailure[];
  readonly steps: () => number;
  /** Looks at a step by every invariant. */
  readonly watch: (step: Step) => void;
  /** Notes what happens to a function beside. */
  readonly trace: (functionArn: string, line: string) => void;
  readonly traceOf: (functionArn?: string) => readonly string[];
}

const INVARIANTS = Object.entries({ ...ACTING, ...KEEPING });
const TRACED = 80;

/** Looks at every step by every invariant, and remembers the last steps of every function. */
export function createWatch(ledger: Ledger, clock: { readonly nowMs: number }): ChaosWatch {
  const failures: ChaosFailure[] = [];
  const traces = new Map<string, (Step | string)[]>();
  let steps = 0;
  const note = (functionArn: string, line: Step | string): void => {
    const trace = traces.get(functionArn) ?? [];
    if (trace.length >= 2 * TRACED) trace.splice(0, TRACED);
    trace.push(line);
    traces.set(functionArn, trace);
  };
  const traceOf = (functionArn = ''): readonly string[] =>
    (traces.get(functionArn) ?? [])
      .slice(-TRACED)
      .map((line) => (typeof line === 'string' ? line : describeStep(line)));
  return {
    failures,
    steps: () => steps,
    traceOf,
    trace: (functionArn, line) =>
      note(functionArn, `${new Date(clock.nowMs).toISOString().slice(11, 23)} ${line}`),
    watch: (step) => {
      steps += 1;
      const { functionArn = '' } = step;
      note(functionArn, step);
      for (const [invariant, whatIsWrong] of INVARIANTS) {
        const message = whatIsWrong(step, ledger);
        if (message === undefined) continue;
        failures.push({ invariant, message, trace: traceOf(functionArn) });
      }
      ledger.note(step);
    },
  };
}

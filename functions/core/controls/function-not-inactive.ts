import { quote } from '../quote.ts';
import { type FunctionSnapshot, isIdle, isNotRestored } from '../snapshot.ts';
import { defineControl, ONLY_NOTIFY } from './control.ts';

/**
 * LVG.12: the function is not inactive.
 *
 * AWS takes away what a function needs to run after some weeks without a call, and the next call fails.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export const functionNotInactive = defineControl({
  id: 'LVG.12',
  title: 'The function is not inactive',
  fix: 'Invoke it once to restore it, or list it under `idle.wake`',
  scope: 'function',
  needs: ['snapshot'],
  wishes: ONLY_NOTIFY,
  defaults: {
    enabled: true,
    severity: 'low',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  evaluate: ({ facts: { snapshot } }) =>
    isIdle(snapshot)
      ? { status: 'violation', reason: `${whatHappened(snapshot)}: ${whatFollows(snapshot)}` }
      : { status: 'compliant' },
});

function whatHappened(snapshot: FunctionSnapshot): string {
  const { stateReasonCode: code } = snapshot;
  if (code === undefined) return 'AWS reclaimed what it needs to run, and gives no reason code';
  return isNotRestored(snapshot)
    ? `AWS reclaimed what it needs to run, and could not restore it (${quote(code)})`
    : `AWS reclaimed what it needs to run, because nobody called it (${quote(code)})`;
}

function whatFollows(snapshot: FunctionSnapshot): string {
  if (snapshot.reservedConcurrency === 0) {
    return 'its reserved concurrency is 0, so every invocation is refused and none restores it';
  }
  return isNotRestored(snapshot)
    ? 'the next invocation fails, and makes AWS try again'
    : 'the next invocation fails, and makes AWS restore it';
}

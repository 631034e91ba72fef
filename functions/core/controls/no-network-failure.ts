import { quote } from '../quote.ts';
import type { FunctionSnapshot } from '../snapshot.ts';
import { defineControl, ONLY_NOTIFY } from './control.ts';
import { NETWORK_FIXES } from './network-fixes.ts';

/** By state: what makes AWS try again once the cause is gone. */
const RETRIES = new Map([
  ['Failed', 'delete it and create it again'],
  ['Inactive', 'invoke it'],
]);

/**
 * LVG.13: neither the function nor its last update failed because of the network.
 *
 * After a failed update AWS runs the function where it was, whatever its configuration says.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export const noNetworkFailure = defineControl({
  id: 'LVG.13',
  title: 'Neither the function nor its last update failed because of the network',
  fix: 'Do what the reason says, then update or invoke the function',
  scope: 'function',
  needs: ['snapshot'],
  wishes: ONLY_NOTIFY,
  defaults: {
    enabled: true,
    severity: 'high',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  evaluate: ({ facts: { snapshot } }) => {
    const failures = [...findFailedState(snapshot), ...findFailedUpdate(snapshot)];
    if (failures.length === 0) return { status: 'compliant' };
    return { status: 'violation', reason: failures.join('; ') };
  },
});

function findFailedState({ state, stateReasonCode = '' }: FunctionSnapshot): readonly string[] {
  const retry = RETRIES.get(state);
  const fix = NETWORK_FIXES.get(stateReasonCode);
  if (retry === undefined || fix === undefined) return [];
  return [`its state is ${quote(state)} (${quote(stateReasonCode)}): ${fix}, then ${retry}`];
}

function findFailedUpdate(snapshot: FunctionSnapshot): readonly string[] {
  const { lastUpdateStatus, lastUpdateStatusReasonCode: code = '' } = snapshot;
  const fix = NETWORK_FIXES.get(code);
  if (lastUpdateStatus !== 'Failed' || fix === undefined) return [];
  return [`its last update failed (${quote(code)}): ${fix}, then update it again`];
}

import type { ControlScope } from '../core/controls/control.ts';
import { CONTROLS } from '../core/controls/registry.ts';
import type { Order } from '../core/order.ts';
import type { FunctionRecord } from '../core/record.ts';

const ACCOUNT_CONTROLS: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ scope }) => scope === 'account').map(({ id }) => id),
);

/**
 * The scopes that a look judges.
 *
 * What only a sweep judges is judged again while a violation of it stands: nothing else could tell that it is
 * over. So it is of what is in quarantine, or a release would let run what nobody looked at.
 */
export function scopesOf(
  { violation, quarantine }: FunctionRecord,
  { isThorough }: Pick<Order, 'isThorough'>,
): readonly ControlScope[] {
  const stands = violation?.controlIds.some((id) => ACCOUNT_CONTROLS.has(id)) ?? false;
  return isThorough || stands || quarantine !== undefined
    ? ['event', 'function', 'account']
    : ['event', 'function'];
}

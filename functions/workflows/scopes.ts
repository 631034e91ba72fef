import type { ControlScope } from '../core/controls/control.ts';
import { CONTROLS } from '../core/controls/registry.ts';
import type { Order } from '../core/order.ts';
import type { FunctionRecord } from '../core/record.ts';

/** All that there are. */
export const EVERY_SCOPE = [
  'event',
  'function',
  'account',
] as const satisfies readonly ControlScope[];

const ACCOUNT_CONTROLS: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ scope }) => scope === 'account').map(({ id }) => id),
);

/**
 * The scopes that a look judges.
 *
 * What only a sweep judges is judged again while a violation of it stands: nothing else could tell that it is
 * over.
 */
export function scopesOf(
  { violation }: FunctionRecord,
  { isThorough, change }: Pick<Order, 'isThorough' | 'change'>,
): readonly ControlScope[] {
  const stands = violation?.controlIds.some((id) => ACCOUNT_CONTROLS.has(id)) ?? false;
  // A version or alias is looked at when it is made: the next sweep may be hours away.
  const isOfVersion =
    change?.kind === 'version' || change?.kind === 'alias' || change?.versions !== undefined;
  return isThorough || stands || isOfVersion ? EVERY_SCOPE : ['event', 'function'];
}

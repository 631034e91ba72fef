import { datedExemptions, type MetExemptions } from '../core/exemption.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

const NONE_MET: MetExemptions = new Map();

/**
 * Notes that this policy's exemptions are in force, and answers since when each is.
 *
 * INVARIANT: before the look that may record a function, or the function would have been there before the exemption.
 */
export async function meetExemptions(ports: Ports, { policy }: Settings): Promise<MetExemptions> {
  const ids = datedExemptions(policy).map(({ id }) => id);
  return ids.length === 0 ? NONE_MET : ports.meetExemptions(ids);
}

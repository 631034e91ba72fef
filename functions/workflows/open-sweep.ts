import { neededFacts } from '../core/controls/evaluate-controls.ts';
import { createInterfaceMap } from '../core/interface-map.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import { meetExemptions } from './meet-exemptions.ts';
import { openGate } from './order-gate.ts';
import { EVERY_SCOPE } from './scopes.ts';
import type { Settings } from './settings.ts';
import type { Sweep } from './sweep-functions.ts';
import type { SweepPorts } from './sweep-ports.ts';

/** Reads what a sweep needs before it looks at any function: a constant number of calls. */
export async function openSweep(
  request: RescanRequest,
  ports: SweepPorts,
  settings: Settings,
): Promise<Sweep> {
  const { policy } = settings;
  const needed = neededFacts(policy, EVERY_SCOPE);
  const met = await meetExemptions(ports, settings);
  const [gate, fact] = await Promise.all([
    openGate(request, ports, settings),
    ports.readNetwork('every', true),
  ]);
  return {
    request,
    met,
    gate,
    network: { fact, place: 'every', isFresh: true },
    interfaces: createInterfaceMap(),
    withVersions:
      policy.sweep.versions &&
      (needed.has('versions') || needed.has('interfaces') || policy.idle.report),
    seen: new Set(),
    newSinceMs: 0,
  };
}

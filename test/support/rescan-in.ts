import type { RescanReport } from '../../functions/core/rescan-report.ts';
import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import type { SweepPorts } from '../../functions/workflows/sweep-ports.ts';
import { createFakeSweep } from './fake-sweep.ts';
import type { FakeWorld } from './fakes.ts';

/** Rescans an account in memory, with as much time as Lambda gives. */
export function rescanIn(
  world: FakeWorld,
  request: RescanRequest,
  settings: Settings,
  ports: SweepPorts = createFakeSweep(world).ports,
): Promise<RescanReport> {
  return rescanAccount(request, ports, settings, {
    rescanId: 'rescan-1',
    untilMs: world.clock.nowMs + 900_000,
    onProgress: async () => undefined,
  });
}

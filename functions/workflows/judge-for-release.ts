import { isAcceptable } from '../core/look.ts';
import { judgeProved, type Proved, type Proving } from './judge-proved.ts';
import type { Ports } from './ports.ts';
import { EVERY_SCOPE } from './scopes.ts';
import type { Settings } from './settings.ts';

/**
 * Gathers facts and judges by them; what stands before its release is judged by every scope.
 *
 * Or a release would let run what nobody looked at. As long as anything else is against it, nothing more is
 * read: after a storm of bad functions AWS is to have room for their quarantines.
 */
export async function judgeForRelease(
  proving: Proving,
  ports: Ports,
  settings: Settings,
): Promise<Proved> {
  const first = await judgeProved(proving, ports, settings);
  const { asking, known } = proving;
  const isWhole = asking.scopes.length === EVERY_SCOPE.length;
  const isReleaseNear =
    known.quarantine !== undefined &&
    asking.snapshot.reservedConcurrency === 0 &&
    isAcceptable(first.findings, settings.policy);
  if (isWhole || !isReleaseNear) return first;
  return judgeProved({ ...proving, asking: { ...asking, scopes: EVERY_SCOPE } }, ports, settings);
}

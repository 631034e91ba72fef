import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import type { ScanReads } from '../scan/read-only-ports.ts';
import { type ScanAsked, type Scanned, scanAccount } from '../scan/scan-account.ts';
import { rememberReads } from './remember-reads.ts';

/** What is planned: a scan by a policy, and the policy that it is compared with. */
export interface PlanAsked extends ScanAsked {
  readonly against: CompiledPolicy | undefined;
}

/** What both policies say of an account that was read once. */
export interface PlanSeen {
  /** By the policy, as if it were enforced. */
  readonly after: Scanned;
  /** By the one that it is compared with, in the mode that it says. */
  readonly before?: Scanned;
}

/** Judges an account by two policies as rescans in mode enforce would, on the same answers of AWS. */
export async function planAccount(
  { against, ...asked }: PlanAsked,
  reads: ScanReads,
): Promise<PlanSeen> {
  const remembered = rememberReads(reads);
  const request = { ...asked.request, mode: 'enforce', wake: true } as const;
  const policy = { ...asked.policy, mode: 'enforce' } as const;
  const after = await scanAccount({ ...asked, request, policy }, remembered);
  if (against === undefined) return { after };
  const before = await scanAccount(
    { ...asked, request, policy: against, onProgress: () => undefined },
    remembered,
  );
  return { after, before };
}

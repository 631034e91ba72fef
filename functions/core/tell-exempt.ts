import { attachmentKey } from './attachment.ts';
import type { Coverage } from './finding.ts';
import { keep } from './history.ts';
import type { Look } from './look.ts';
import type { FunctionRecord } from './record.ts';

/** A violation for which somebody answers. */
interface ExemptViolation {
  readonly key: string;
  readonly controlId: string;
  readonly reason: string;
  readonly exemption: Coverage;
}

/** Keeps which violations are exempt, and who answers for them: each once. */
export function keepExempt(
  { exempted = [], ...record }: FunctionRecord,
  look: Look,
): FunctionRecord {
  const where = attachmentKey(look.snapshot.attachment);
  const told = exempted.filter((key) => key.startsWith(`${where}|`));
  const exempt = exemptViolations(look, where);
  const kept = exempt
    .filter(({ key }) => !told.includes(key))
    .reduce<FunctionRecord>((before, violation) => keepOne(before, violation, look), record);
  const keys = exempt.map(({ key }) => key);
  // What a control cannot tell for once is not told again when it can.
  const known = isClear(look) ? keys : [...new Set([...told, ...keys])];
  return known.length === 0 ? kept : { ...kept, exempted: known };
}

function exemptViolations({ findings }: Look, where: string): readonly ExemptViolation[] {
  return findings.flatMap(({ controlId, verdict, exemption }) => {
    if (exemption === undefined || verdict.status !== 'violation') return [];
    const key = [where, controlId, exemption.owner, exemption.expires].join('|');
    return [{ key, controlId, reason: verdict.reason, exemption }];
  });
}

function isClear({ findings }: Look): boolean {
  return findings.every(({ verdict }) => verdict.status !== 'unknown');
}

function keepOne(
  record: FunctionRecord,
  { key, controlId, reason, exemption }: ExemptViolation,
  { origin, snapshot, policy, nowMs }: Look,
): FunctionRecord {
  const { owner, expires } = exemption;
  return keep(
    record,
    { nowMs, key },
    {
      event: 'violation',
      why: reason,
      ...(origin === undefined ? {} : { who: origin.actor, eventId: origin.eventId }),
      controlIds: [controlId],
      remediation: 'none',
      remediationReason: `it is exempt: ${owner} answers for it until ${expires}`,
      exemption,
      after: { attachment: snapshot.attachment },
      policyHash: policy.hash,
    },
  );
}

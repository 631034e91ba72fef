import { attachmentKey } from './attachment.ts';
import { eventBehind } from './beginning.ts';
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

/** An exemption that covers one control of a function where it is. */
export interface ExemptNow {
  readonly controlId: string;
  readonly owner: string;
  readonly expires: string;
}

/** Answers who answered for what of a function at its last look, where it is. */
export function exemptNow({ exempted = [], current }: FunctionRecord): readonly ExemptNow[] {
  if (current === undefined) return [];
  const where = `${attachmentKey(current.attachment)}|`;
  return exempted
    .filter((key) => key.startsWith(where))
    .map((key) => {
      // An owner may be called anything.
      const from = key.indexOf('|', where.length);
      const to = key.lastIndexOf('|');
      const controlId = key.slice(where.length, from);
      return { controlId, owner: key.slice(from + 1, to), expires: key.slice(to + 1) };
    });
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
  look: Look,
): FunctionRecord {
  const { snapshot, policy, nowMs } = look;
  const { owner, expires } = exemption;
  const event = eventBehind(controlId, look);
  return keep(
    record,
    { nowMs, key },
    {
      event: 'violation',
      why: reason,
      ...(event === undefined ? {} : { who: event.actor, eventId: event.eventId }),
      controlIds: [controlId],
      remediation: 'none',
      remediationReason: `it is exempt: ${owner} answers for it until ${expires}`,
      exemption,
      after: { attachment: snapshot.attachment },
      policyHash: policy.hash,
    },
  );
}

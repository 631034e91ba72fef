import type { Notice } from '../../functions/core/notice.ts';
import type { Invariant } from './chaos-invariants-acting.ts';
import { type Ledger, placeOf } from './chaos-ledger.ts';
import { isEffective, isHandledBy, isWrite, type Step } from './chaos-step.ts';
import { SECRET } from './chaos-trail.ts';

/** Notices that are about no single function's record. */
const OF_THE_ACCOUNT: ReadonlySet<string> = new Set([
  'exemption',
  'breaker',
  'digest',
  'heartbeat',
]);

/** Who tells has the record to himself, or tells what it says: nobody hears of what is not written down. */
const noticesAreWrittenDownFirst: Invariant = ({ deed, before, handler, functionArn = '' }) => {
  if (deed.kind !== 'publish' || OF_THE_ACCOUNT.has(deed.notice.kind)) return undefined;
  const { subject, at } = deed.notice;
  const isHis = isHandledBy(handler, { functionArn, record: before.record });
  return isHis || writtenAs(before, deed.notice).length > 0
    ? undefined
    : `"${subject}" of ${at} is published and not written down`;
};

function writtenAs({ record }: Step['before'], { subject, at }: Notice): readonly Notice[] {
  return (record?.outbox ?? []).filter(
    (written) => written.subject === subject && written.at === at,
  );
}

/** The same decision has the same id, however often it is told. */
const noticeIdsAreStable: Invariant = ({ deed, before }, { exemptionIds }) => {
  if (deed.kind !== 'publish') return undefined;
  const { id, subject, kind } = deed.notice;
  const told = kind === 'exemption' ? exemptionIds.get(subject) : undefined;
  const known = [...writtenAs(before, deed.notice).map((written) => written.id), told ?? []].flat();
  return known.length === 0 || known.includes(id)
    ? undefined
    : `"${subject}" is published as \`${id}\`, and is \`${known[0]}\``;
};

/** Only who died or failed in between tells twice. */
const toldTwiceOnlyAfterAFailure: Invariant = ({ deed, isRetry }, { toldAtMs, failedMs }) => {
  if (deed.kind !== 'publish' || isRetry) return undefined;
  if (OF_THE_ACCOUNT.has(deed.notice.kind)) return undefined;
  const { id, subject, functionArn = '' } = deed.notice;
  const firstMs = toldAtMs.get(id);
  return firstMs !== undefined && (failedMs.get(functionArn) ?? 0) < firstMs
    ? `"${subject}" is told twice, and nobody failed`
    : undefined;
};

/** What is to be told of a remediation is written down before it is done, and not forgotten when it was. */
const everyRemediationIsTold: Invariant = (step, { owed, truths }) => {
  const { deed, before, after, functionArn } = step;
  const intent = before.record?.intent;
  if (isWrite(step) && deed.kind !== 'wake') {
    const isNoted = before.record?.outbox.some(({ id }) => id === intent?.noticeId);
    return isNoted ? undefined : `\`${step.port}\` of ${functionArn} has no notice`;
  }
  if (deed.kind !== 'record' || after.record?.isDeleted) return undefined;
  const gone = leftOutbox(step);
  const lost = gone.find((id) => {
    const debt = owed.get(id);
    return debt !== undefined && debt.touches === truths.get(debt.functionArn)?.touches;
  });
  return lost === undefined ? undefined : `notice \`${lost}\` of ${functionArn} is dropped untold`;
};

/** Who was told of a violation hears of its end. */
const everyResolutionIsTold: Invariant = (step, { toldAtMs }) => {
  const { deed, before, after, functionArn } = step;
  if (deed.kind !== 'record' || before.record === undefined || after.record === undefined) {
    return undefined;
  }
  const isSameLife = before.record.generation === after.record.generation;
  if (after.record.isDeleted || !isSameLife) return undefined;
  const forgotten = leftOutbox(step).find(
    (id) => !toldAtMs.has(id) && id !== before.record?.intent?.noticeId,
  );
  if (forgotten !== undefined)
    return `notice \`${forgotten}\` of ${functionArn} is never published`;
  const isOver = before.record.violation?.isTold === true && after.record.violation === undefined;
  const told = [...before.record.outbox, ...after.record.outbox];
  return isOver && !told.some(({ kind }) => kind === 'resolution' || kind === 'release')
    ? `the violation of ${functionArn} is over, and nobody hears`
    : undefined;
};

function leftOutbox({ before, after }: Step): readonly string[] {
  const left = new Set(after.record?.outbox.map(({ id }) => id));
  return (before.record?.outbox ?? []).flatMap(({ id }) => (left.has(id) ? [] : [id]));
}

/** Environment, code location and what CloudTrail tells beside stay where they are. */
const noSecretIsTold: Invariant = ({ deed, args, port }) => {
  if (!['publish', 'record', 'history', 'end'].includes(deed.kind) && port !== 'enqueue') {
    return undefined;
  }
  return JSON.stringify(args).includes(SECRET) ? `a secret leaves by \`${port}\`` : undefined;
};

/** While the guardrail holds a function at 0, the record knows what its owner had reserved. */
const previousConcurrencyIsNeverLost: Invariant = (step, { holds }) => {
  const { deed, functionArn = '' } = step;
  const hold = holds.get(functionArn);
  if (hold === undefined) return undefined;
  const { previous } = hold;
  if (deed.kind === 'record') return previousIn(step, previous);
  if (!isWrite(step) || deed.kind !== 'reserve' || deed.value === 0) return undefined;
  return deed.value === previous || !isEffective(step)
    ? undefined
    : `${functionArn} is released to ${deed.value}, and its owner had ${previous}`;
};

function previousIn(
  { functionArn, before, after }: Step,
  previous: number | undefined,
): string | undefined {
  if (after.record === undefined || after.record === before.record) return undefined;
  const { quarantine, intent, isDeleted } = after.record;
  if (isDeleted || before.snapshot?.reservedConcurrency !== 0) return undefined;
  const known = quarantine ?? (intent && { previous: intent.undo.reservedConcurrency });
  return known !== undefined && known.previous === previous
    ? undefined
    : `${functionArn} had ${previous} reserved, and its record says ${JSON.stringify(known)}`;
}

/** What was decided is in the history, or still in the record to be kept. */
const historyIsNeverLost: Invariant = (step, { kept }: Ledger) => {
  const { deed, functionArn, before, after } = step;
  if (isWrite(step)) {
    const { intent, unkept = [] } = before.record ?? {};
    const isDecided = unkept.some(
      ({ event, remediationId }) => event === 'decided' && remediationId === intent?.remediationId,
    );
    return isDecided ? undefined : `\`${step.port}\` of ${functionArn} leaves no trace`;
  }
  if (deed.kind !== 'record' || after.record === before.record) return undefined;
  const left = new Set(after.record?.unkept.map(placeOf));
  const lost = before.record?.unkept.find(
    (entry) => !left.has(placeOf(entry)) && !kept.has(placeOf(entry)),
  );
  return lost === undefined
    ? undefined
    : `"${lost.event}" of ${functionArn} is in neither record nor history`;
};

/** What is promised of notices, records and history. */
export const KEEPING = {
  noticesAreWrittenDownFirst,
  noticeIdsAreStable,
  toldTwiceOnlyAfterAFailure,
  everyRemediationIsTold,
  everyResolutionIsTold,
  noSecretIsTold,
  previousConcurrencyIsNeverLost,
  historyIsNeverLost,
} as const satisfies Record<string, Invariant>;

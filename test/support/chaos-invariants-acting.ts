import { isSameAttachment } from '../../functions/core/attachment.ts';
import { missingFrom } from '../../functions/core/network.ts';
import { type Intent, isAttaching } from '../../functions/core/record.ts';
import { isCounted, type Ledger } from './chaos-ledger.ts';
import { isAgreed, type Opinion, opinionOn, opinionsOn } from './chaos-oracle.ts';
import { isEffective, isHandledBy, isWrite, type Step, type WriteStep } from './chaos-step.ts';
import { OWN_FUNCTION } from './drill.ts';

/** Something that always holds; answers what is wrong where it does not. */
export type Invariant = (step: Step, ledger: Ledger) => string | undefined;

type WriteInvariant = (step: WriteStep, ledger: Ledger) => string | undefined;

function onWrites(invariant: WriteInvariant): Invariant {
  return (step, ledger) => (isWrite(step) ? invariant(step, ledger) : undefined);
}

/** Nobody but an operator in person writes where audit is deployed or asked for. */
const noWriteInAudit = onWrites(({ handler, functionArn, port }) =>
  handler.kind === 'release' || handler.mode === 'enforce'
    ? undefined
    : `\`${port}\` of ${functionArn} by a handler in audit`,
);

/** The kill switch stops the next write: the account item is asked before each. */
const noWriteWithTheKillSwitchOn = onWrites(({ handler, functionArn, port, before }) => {
  const token = handler.tokens.get(before.record?.intent?.remediationId ?? '');
  return token?.status === 'withheld' && token.reason === 'mode-audit'
    ? `\`${port}\` of ${functionArn} although the kill switch is on`
    : undefined;
});

const noWriteOnTheGuardrailItself = onWrites(({ functionArn, port }) =>
  functionArn === OWN_FUNCTION ? `\`${port}\` of ${functionArn}` : undefined,
);

/** What a handler knows of a function, judged by somebody else. */
function isSeenAs(
  opinion: Opinion,
  { handler, functionArn, before }: WriteStep,
  networks = handler.networks,
): boolean {
  const { deployed, snapshots, askers } = handler;
  const seen = snapshots.get(functionArn);
  // An update that failed leaves it where it was: the attachment that AWS names proves nothing.
  if (seen === undefined || seen.lastUpdateStatus === 'Failed') return false;
  const isRecorded = before.record?.current?.principalArn !== undefined;
  const { attachment } = seen;
  const about = { functionArn, attachment, deployed, networks };
  const asked = isRecorded ? (askers.get(functionArn) ?? []) : [];
  return isAgreed(opinionsOn(about, asked), opinion);
}

function isMeantToHarm({ deed }: WriteStep): boolean {
  return deed.kind === 'attach' || (deed.kind === 'reserve' && deed.value === 0);
}

function isOfOperator({ handler }: Step): boolean {
  return handler.kind === 'release';
}

/** What cannot be judged is neither reverted, quarantined nor released. */
const unknownNeverWrites = onWrites((step) => {
  if (isOfOperator(step) || step.deed.kind === 'wake') return undefined;
  return isSeenAs('unknown', step)
    ? `\`${step.port}\` of ${step.functionArn}, of which nobody can tell`
    : undefined;
});

const whatIsGoodIsLeftAlone = onWrites((step) =>
  isMeantToHarm(step) && isSeenAs('good', step)
    ? `\`${step.port}\` of ${step.functionArn}, which is compliant`
    : undefined,
);

const aViolationIsNotReleased = onWrites((step) => {
  const isRelease = step.deed.kind === 'reserve' && step.deed.value !== 0;
  if (!isRelease || isOfOperator(step)) return undefined;
  return isSeenAs('bad', step, step.handler.networks.slice(-1))
    ? `${step.functionArn} is released and still violates`
    : undefined;
});

/** What was there before the guardrail, and nobody moved since, is only told of. */
const whatNobodyChangedIsLeftAlone = onWrites((step, { truths }) =>
  isMeantToHarm(step) && truths.get(step.functionArn)?.isMoved === false
    ? `\`${step.port}\` of ${step.functionArn}, which nobody changed`
    : undefined,
);

/** By today's policy, and by an answer of EC2 that this handler got, it is good and there. */
const neverToARejectedTarget = onWrites(({ deed, handler, functionArn, before }) => {
  if (deed.kind !== 'attach') return undefined;
  const { deployed, networks } = handler;
  const { target } = deed;
  const intent = before.record?.intent;
  const attachedBy = intent && isAttaching(intent) ? intent.target.principalArn : undefined;
  const about = { functionArn, attachment: target, attachedBy, deployed };
  const isGood = networks.some(
    (fact) =>
      'value' in fact &&
      opinionOn({ ...about, networks: [fact] }) === 'good' &&
      missingFrom(fact.value, target).length === 0,
  );
  return isGood
    ? undefined
    : `${functionArn} is moved to ${target.subnetIds.join(', ')}, rejected by \`${deployed.name}\``;
});

/** The revision that was read is the one that is written over, or somebody's change is lost unseen. */
const neverWritesOverAChangeItHasNotSeen = onWrites((step) => {
  const { deed, handler, functionArn, before } = step;
  if (deed.kind !== 'attach' || !isEffective(step)) return undefined;
  const seen = handler.snapshots.get(functionArn)?.revisionId;
  return seen === before.snapshot?.revisionId
    ? undefined
    : `${functionArn} was read at ${seen} and written over ${before.snapshot?.revisionId}`;
});

const everyWriteCanBeUndoneFromTheRecord = onWrites((step) => {
  const { handler, functionArn, before } = step;
  const intent = before.record?.intent;
  if (intent === undefined || !isOf(intent, step)) {
    return `\`${step.port}\` of ${functionArn} is not written down`;
  }
  const seen = handler.snapshots.get(functionArn);
  const { undo } = intent;
  const isWhole =
    seen !== undefined &&
    isSameAttachment(undo.attachment, seen.attachment) &&
    undo.reservedConcurrency === seen.reservedConcurrency;
  return isWhole
    ? undefined
    : `\`${step.port}\` of ${functionArn} could not be undone: ${JSON.stringify(undo)}`;
});

function isOf(intent: Intent, { deed }: WriteStep): boolean {
  if (deed.kind === 'wake') return intent.kind === 'wake';
  if (deed.kind === 'attach') {
    return isAttaching(intent) && isSameAttachment(intent.target.attachment, deed.target);
  }
  const isReserving = intent.kind === 'quarantine' || intent.kind === 'release';
  return isReserving && intent.reservedConcurrency === deed.value;
}

/** One remediation changes its function once, and is spent under its own id. */
const twiceIsOnce: Invariant = (step, { done, truths }) => {
  const { functionArn, before, deed } = step;
  const intent = before.record?.intent;
  if (deed.kind === 'token' && deed.request.remediationId !== intent?.remediationId) {
    return `a token is asked for under \`${deed.request.remediationId}\`, which is written down nowhere`;
  }
  if (!isWrite(step) || !isEffective(step) || intent === undefined) return undefined;
  const touches = done.get(intent.remediationId);
  return touches !== undefined && touches === truths.get(functionArn ?? '')?.touches
    ? `\`${step.port}\` of ${functionArn} is done again under \`${intent.remediationId}\``
    : undefined;
};

const noWriteWithoutBudget: Invariant = (step, { spentMs }) => {
  const { handler, before, functionArn, nowMs } = step;
  if (isOfOperator(step)) return undefined;
  const { max, perMinutes } = handler.deployed.policy.limits.accountRemediations;
  if (step.deed.kind === 'token' && isCounted(step)) {
    const earliestMs = nowMs - perMinutes * 60_000;
    const recent = [...spentMs.values()].filter((atMs) => atMs > earliestMs).length;
    return recent > max ? `${recent} remediations within ${perMinutes} minutes` : undefined;
  }
  if (!isWrite(step)) return undefined;
  const token = handler.tokens.get(before.record?.intent?.remediationId ?? '');
  if (token === undefined) return `\`${step.port}\` of ${functionArn} without a token`;
  return token.status === 'withheld' && token.reason !== 'mode-audit'
    ? `\`${step.port}\` of ${functionArn} although the token was withheld`
    : undefined;
};

const oneHandlerActsAtATime = onWrites(({ handler, functionArn, before: { record }, port }) =>
  record === undefined || isHandledBy(handler, { functionArn, record })
    ? undefined
    : `\`${port}\` of ${functionArn} while another handler is at it`,
);

/** What is promised of every call that changes a function. */
export const ACTING = {
  noWriteInAudit,
  noWriteWithTheKillSwitchOn,
  noWriteOnTheGuardrailItself,
  unknownNeverWrites,
  whatIsGoodIsLeftAlone,
  whatNobodyChangedIsLeftAlone,
  aViolationIsNotReleased,
  neverToARejectedTarget,
  neverWritesOverAChangeItHasNotSeen,
  everyWriteCanBeUndoneFromTheRecord,
  twiceIsOnce,
  noWriteWithoutBudget,
  oneHandlerActsAtATime,
} as const satisfies Record<string, Invariant>;

import type { ChangeEvent } from '../core/change-event.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { type Look, violationsOf } from '../core/look.ts';
import type { Order } from '../core/order.ts';
import { type FunctionRecord, newRecord } from '../core/record.ts';
import { isBeingDone } from '../core/settle-intent.ts';
import { isInFlight } from '../core/snapshot.ts';
import { unchangedOrigin } from '../core/unchanged-origin.ts';
import { enforceLook } from './enforce-look.ts';
import { judge } from './judge.ts';
import { lookAt, withTarget } from './look-at.ts';
import { noteCreatedAgain, noteMissing } from './note-missing.ts';
import { loggedFindings, type Outcome, verdictOf } from './outcome.ts';
import type { Deployment, Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/**
 * Looks at one function and does what follows: the way that every trigger ends in.
 *
 * An event that provably changes nothing costs one read of the record and no call to the function's API.
 */
export async function enforceFunction(
  order: Order,
  ports: Ports,
  settings: Settings,
): Promise<Outcome> {
  const { functionArn, change } = order;
  const foreign = whyNotOurs(functionArn, settings.deployment);
  if (foreign !== undefined) return notJudged(order, foreign);
  const known = (await ports.readRecord(functionArn)) ?? newRecord(functionArn);
  if (isBeingDone(known, ports.nowMs())) {
    const message = `another handler works on \`${functionArn}\``;
    throw new GuardrailError(message, { code: 'RECORD_STALE' });
  }
  const origin = unchangedOrigin(known, change);
  if (origin !== undefined) {
    const findings = judge({ functionArn, hasCapacityProvider: false }, origin, settings);
    if (verdictOf(findings) === 'compliant') return unchanged(order);
  }
  const [snapshot, missing] = await Promise.all([
    ports.readSnapshot(functionArn),
    readAhead(known, change, ports),
  ]);
  if (snapshot === undefined) return notJudged(order, await noteMissing(order, known, ports));
  const createdAgain = await noteCreatedAgain(order, known, ports);
  if (createdAgain !== undefined) return notJudged(order, createdAgain);
  const seen = lookAt({ order, known, snapshot, nowMs: ports.nowMs() }, settings);
  const look = await lookUpTarget({ look: seen, missing }, ports, settings);
  return report(look, change, await enforceLook(look, ports));
}

function whyNotOurs(functionArn: string, deployment: Deployment): string | undefined {
  const [, , , region, account] = functionArn.split(':');
  if (account !== deployment.account || region !== deployment.region) {
    return 'a function of another account or region';
  }
  return deployment.ownFunctionArns.has(functionArn)
    ? 'a function of the guardrail itself'
    : undefined;
}

function notJudged({ functionArn, change }: Order, reason: string): Outcome {
  return {
    functionArn,
    verdict: 'not-judged',
    remediation: 'none',
    reason,
    ...(change === undefined ? {} : { eventId: change.eventId }),
  };
}

function unchanged(order: Order): Outcome {
  return {
    ...notJudged(order, 'the attachment is the one that is recorded'),
    verdict: 'compliant',
  };
}

/** Where a revert is likely its target is looked up beside the function, not after it. */
async function readAhead(
  { baseline, violation }: FunctionRecord,
  change: ChangeEvent | undefined,
  ports: Ports,
): Promise<readonly string[] | undefined> {
  const isMoved = change?.kind === 'configuration' && change.isAttachmentRequested;
  const isLikely = isMoved || violation?.revertWantedMs !== undefined;
  return baseline !== undefined && isLikely
    ? ports.readMissingNetwork(baseline.attachment)
    : undefined;
}

/** Adds the baseline where a revert may follow from this look. */
async function lookUpTarget(
  { look, missing }: { readonly look: Look; readonly missing: readonly string[] | undefined },
  ports: Ports,
  settings: Settings,
): Promise<Look> {
  const { record, findings, snapshot } = look;
  const { baseline } = record;
  if (baseline === undefined || violationsOf(findings).length === 0) return look;
  if (isInFlight(snapshot)) return withTarget(look, [], settings);
  return withTarget(
    look,
    missing ?? (await ports.readMissingNetwork(baseline.attachment)),
    settings,
  );
}

function report(
  { snapshot, findings, cause }: Look,
  change: ChangeEvent | undefined,
  concluded: Awaited<ReturnType<typeof enforceLook>>,
): Outcome {
  return {
    functionArn: snapshot.functionArn,
    verdict: verdictOf(findings),
    cause,
    ...(change === undefined ? {} : { eventId: change.eventId }),
    ...concluded,
    ...loggedFindings(findings),
  };
}

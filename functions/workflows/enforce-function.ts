import type { ChangeEvent } from '../core/change-event.ts';
import { neededFacts } from '../core/controls/evaluate-controls.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { heartbeatOf } from '../core/heartbeat.ts';
import { isUnchanged } from '../core/is-unchanged.ts';
import type { Look } from '../core/look.ts';
import type { Order } from '../core/order.ts';
import { type FunctionRecord, newRecord } from '../core/record.ts';
import { isBeingDone } from '../core/settle-intent.ts';
import { enforceLook } from './enforce-look.ts';
import { lookAt } from './look-at.ts';
import { meetExemptions } from './meet-exemptions.ts';
import { noteCreatedAgain, noteMissing } from './note-missing.ts';
import { loggedFindings, type Outcome, verdictOf } from './outcome.ts';
import type { Deployment, Ports } from './ports.ts';
import { type NetworkRead, vpcIdsOf } from './read-network.ts';
import type { Settings } from './settings.ts';
import { tellExpiringExemptions } from './tell-expiring-exemptions.ts';

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
  if (foreign !== undefined) {
    await noteOwnHeartbeat(order, ports, settings);
    return notJudged(order, foreign);
  }
  const known = (await ports.readRecord(functionArn)) ?? newRecord(functionArn);
  if (isBeingDone(known, ports.nowMs())) {
    const message = `another handler works on \`${functionArn}\``;
    throw new GuardrailError(message, { code: 'RECORD_STALE' });
  }
  if (isUnchanged(known, change, settings.policy.hash)) return unchanged(order);
  const [snapshot, network, met] = await Promise.all([
    ports.readSnapshot(functionArn),
    readAhead(known, order, ports, settings),
    meetExemptions(ports, settings),
  ]);
  if (snapshot === undefined) return notJudged(order, await noteMissing(order, known, ports));
  const createdAgain = await noteCreatedAgain(order, known, ports);
  if (createdAgain !== undefined) return notJudged(order, createdAgain);
  const seen = { order, known, snapshot, network, met };
  const look = await lookAt(seen, ports, settings);
  const concluded = await enforceLook(look, ports, async (record) => ({
    ...(await lookAt({ ...seen, known: record }, ports, settings)),
    known,
  }));
  await tellExpiringExemptions(ports, settings);
  return report(look, change, concluded);
}

/** A heartbeat came back: changes are heard of. */
async function noteOwnHeartbeat(
  { functionArn, change }: Order,
  ports: Ports,
  { deployment }: Settings,
): Promise<void> {
  const sentMs = change === undefined ? undefined : heartbeatOf(change);
  if (sentMs === undefined || !deployment.ownFunctionArns.has(functionArn)) return;
  await ports.noteHeartbeat(sentMs);
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

/** The network is read beside the function, not after it; afresh where a revert is likely. */
async function readAhead(
  known: FunctionRecord,
  { change, isFresh }: Order,
  ports: Ports,
  { policy }: Settings,
): Promise<NetworkRead | undefined> {
  const isWanted = neededFacts(policy, ['event', 'function']).has('network');
  const isRevertNear = isRevertLikely(known, change);
  if (!isWanted && !isRevertNear) return undefined;
  const attachments = [known.current?.attachment, known.baseline?.attachment];
  const place = vpcIdsOf([change?.claim?.attachment, ...attachments]);
  if (place.length === 0) return undefined;
  const asFresh = isFresh === true || isRevertNear;
  return { fact: await ports.readNetwork(place, asFresh), place, isFresh: asFresh };
}

function isRevertLikely(
  { baseline, violation }: FunctionRecord,
  change: ChangeEvent | undefined,
): boolean {
  const isMoved = change?.kind === 'configuration' && change.isAttachmentRequested;
  return baseline !== undefined && (isMoved || violation?.revertWantedMs !== undefined);
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

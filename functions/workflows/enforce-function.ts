import { type Look, violationsOf } from '../core/look.ts';
import { observeGone } from '../core/observe.ts';
import type { Order } from '../core/order.ts';
import { type FunctionRecord, newRecord } from '../core/record.ts';
import { isInFlight } from '../core/snapshot.ts';
import { unchangedOrigin } from '../core/unchanged-origin.ts';
import { enforceLook } from './enforce-look.ts';
import { judge } from './judge.ts';
import { lookAt, withTarget } from './look-at.ts';
import { loggedFindings, type Outcome, verdictOf } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/** Not found twice this far apart: the function is gone. */
const GONE_AFTER_SECONDS = 60;

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
  if (settings.deployment.ownFunctionArns.has(functionArn)) {
    return notJudged(order, 'a function of the guardrail itself');
  }
  const known = (await ports.readRecord(functionArn)) ?? newRecord(functionArn);
  const origin = unchangedOrigin(known, change);
  if (origin !== undefined) {
    const findings = judge({ functionArn, hasCapacityProvider: false }, origin, settings);
    if (verdictOf(findings) === 'compliant') return unchanged(order);
  }
  const snapshot = await ports.readSnapshot(functionArn);
  if (snapshot === undefined) return onGone(order, known, ports);
  const seen = lookAt({ order, known, snapshot, nowMs: ports.nowMs() }, settings);
  const look = await lookUpTarget(seen, ports, settings);
  return report(look, await enforceLook(look, ports));
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

async function onGone(order: Order, known: FunctionRecord, ports: Ports): Promise<Outcome> {
  const { change, functionArn } = order;
  if (known.version === 0 || known.isDeleted) return notJudged(order, 'there is no such function');
  if (change?.kind !== 'delete' && order.hops === 0) {
    await ports.enqueue({ functionArn, hops: 1, wake: false }, GONE_AFTER_SECONDS);
    return notJudged(order, 'not found; looked for again in a minute');
  }
  const nowMs = change?.eventTimeMs ?? ports.nowMs();
  const eventId = change?.eventId;
  await ports.writeRecord(observeGone(known, { nowMs, ...(eventId ? { eventId } : {}) }));
  return notJudged(order, 'the function was deleted');
}

/** Looks the baseline up where a revert may follow from this look. */
async function lookUpTarget(look: Look, ports: Ports, settings: Settings): Promise<Look> {
  const { record, findings, snapshot, mode } = look;
  const { baseline } = record;
  if (baseline === undefined || mode === 'audit') return look;
  if (violationsOf(findings).length === 0) return look;
  const missing = isInFlight(snapshot) ? [] : await ports.readMissingNetwork(baseline.attachment);
  return withTarget(look, missing, settings);
}

function report(look: Look, concluded: Awaited<ReturnType<typeof enforceLook>>): Outcome {
  const { snapshot, findings, cause, change } = look;
  return {
    functionArn: snapshot.functionArn,
    verdict: verdictOf(findings),
    cause,
    ...(change === undefined ? {} : { eventId: change.eventId }),
    ...concluded,
    ...loggedFindings(findings),
  };
}

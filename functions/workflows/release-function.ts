import { type Look, violationsToActOn } from '../core/look.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { ReleaseRequest } from '../core/release-request.ts';
import type { ActingRemediation } from '../core/remediation.ts';
import { isBeingDone, settleIntent } from '../core/settle-intent.ts';
import { isSettled } from '../core/snapshot.ts';
import { writeIntent } from '../core/write-intent.ts';
import { carryOutForOperator } from './carry-out.ts';
import { conclude } from './enforce-look.ts';
import { lookAt } from './look-at.ts';
import { meetExemptions } from './meet-exemptions.ts';
import { loggedFindings, type Outcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

const MS_PER_HOUR = 3_600_000;

/** What a release answers. */
export interface ReleaseAnswer extends Pick<Outcome, 'findings'> {
  readonly functionArn: string;
  readonly status: 'released' | 'refused';
  readonly reason: string;
}

/**
 * Ends the guardrail's own quarantine of a function because an operator says so.
 *
 * A function that still violates the policy stays in quarantine unless the release is forced, with a hold.
 */
export async function releaseFunction(
  request: ReleaseRequest,
  ports: Ports,
  settings: Settings,
): Promise<ReleaseAnswer> {
  const { functionArn } = request;
  const known = await ports.readRecord(functionArn);
  if (known?.quarantine === undefined) {
    return refuse(functionArn, 'the guardrail has not quarantined it');
  }
  const snapshot = await ports.readSnapshot(functionArn);
  if (snapshot === undefined) return refuse(functionArn, 'there is no such function');
  const order = { hops: 0, wake: false };
  const met = await meetExemptions(ports, settings);
  const seen = await lookAt({ known, snapshot, order, met }, ports, settings);
  if (isBeingDone(known, seen.nowMs)) return refuse(functionArn, UNDER_WAY);
  const look = { ...seen, record: settleIntent(seen) };
  if (look.record.quarantine === undefined) return confirm(look, ports);
  const objection = objectionTo(look, request);
  if (objection !== undefined) {
    return { ...refuse(functionArn, objection), ...loggedFindings(look.findings) };
  }
  return release(request, look, ports);
}

const UNDER_WAY = 'something is being done about it right now: ask again in a minute';

function refuse(functionArn: string, reason: string): ReleaseAnswer {
  return { functionArn, status: 'refused', reason };
}

/** An earlier request released it and could not tell of it any more. */
async function confirm(look: Look, ports: Ports): Promise<ReleaseAnswer> {
  await conclude(look, { record: look.record }, ports);
  const { functionArn } = look.snapshot;
  return { functionArn, status: 'released', reason: 'by an earlier request' };
}

function objectionTo(
  { snapshot, findings, record, policy }: Look,
  { force }: ReleaseRequest,
): string | undefined {
  if (record.intent !== undefined) return UNDER_WAY;
  if (snapshot.reservedConcurrency !== 0) {
    return 'its reserved concurrency is no longer 0: somebody else changed it';
  }
  if (force) return undefined;
  // AWS names the attachment that was asked for, and may still run the one before it.
  if (!isSettled(snapshot)) return 'AWS does not run the attachment that it names';
  if (violationsToActOn(findings, policy).length === 0) return undefined;
  return 'it still violates the policy: release it with `force` to hold the violation off for a time';
}

async function release(request: ReleaseRequest, look: Look, ports: Ports): Promise<ReleaseAnswer> {
  const { functionArn } = request;
  const previous = look.record.quarantine?.previous;
  const remediation: ActingRemediation = {
    kind: 'release',
    reason: `an operator asked for it: ${request.reason}`,
    ...(previous === undefined ? {} : { previous }),
  };
  const held = { ...look, record: withHold(look, request) };
  const carried = await carryOutForOperator(writeIntent(held, remediation), held, ports);
  await conclude(held, carried, ports);
  return carried.status === 'done'
    ? { functionArn, status: 'released', reason: remediation.reason }
    : refuse(functionArn, `AWS did not take it: ${carried.error}`);
}

function withHold({ record, snapshot, nowMs }: Look, request: ReleaseRequest): FunctionRecord {
  if (request.holdHours === undefined) return record;
  const { attachment } = snapshot;
  const untilMs = nowMs + request.holdHours * MS_PER_HOUR;
  return { ...record, hold: { untilMs, attachment, reason: request.reason } };
}

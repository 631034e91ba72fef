import { type Look, violationsOf } from '../core/look.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { ReleaseRequest } from '../core/release-request.ts';
import type { ActingRemediation } from '../core/remediation.ts';
import { writeIntent } from '../core/write-intent.ts';
import { carryOutForOperator } from './carry-out.ts';
import { conclude } from './enforce-look.ts';
import { lookAt } from './look-at.ts';
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
  const look = lookAt({ known, snapshot, order, nowMs: ports.nowMs() }, settings);
  const objection = objectionTo(look, request);
  if (objection !== undefined) {
    return { ...refuse(functionArn, objection), ...loggedFindings(look.findings) };
  }
  return release(request, look, ports);
}

function refuse(functionArn: string, reason: string): ReleaseAnswer {
  return { functionArn, status: 'refused', reason };
}

function objectionTo({ snapshot, findings }: Look, { force }: ReleaseRequest): string | undefined {
  if (snapshot.reservedConcurrency !== 0) {
    return 'its reserved concurrency is no longer 0: somebody else changed it';
  }
  if (force || violationsOf(findings).length === 0) return undefined;
  return 'it still violates the policy: release it with `force` to hold the violation off for a time';
}

async function release(request: ReleaseRequest, look: Look, ports: Ports): Promise<ReleaseAnswer> {
  const { functionArn } = request;
  const previous = look.record.quarantine?.previous;
  const remediation: ActingRemediation = {
    kind: 'release',
    reason: `by an operator: ${request.reason}`,
    ...(previous === undefined ? {} : { previous }),
  };
  const held = { ...look, record: withHold(look, request) };
  const carried = await carryOutForOperator(writeIntent(held, remediation), held, ports);
  await conclude(
    { look: held, record: carried.record, decision: { remediation, record: carried.record } },
    ports,
  );
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

import { decide } from '../core/decide.ts';
import type { ReportedFinding } from '../core/finding.ts';
import { isCompliant, type Look, violationsOf } from '../core/look.ts';
import type { Mode } from '../core/policy.ts';
import { type FunctionRecord, newRecord } from '../core/record.ts';
import { isActing } from '../core/remediation.ts';
import { reportFindings } from '../core/report-finding.ts';
import { matchesFunction, type RescanRequest } from '../core/rescan-request.ts';
import { isIdle } from '../core/snapshot.ts';
import { judge } from './judge.ts';
import { lookAt, withTarget } from './look-at.ts';
import type { ListedFunction, Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/** One idle function, and what is planned for it. */
interface IdleFunction {
  readonly functionArn: string;
  readonly isListed: boolean;
}

/** What a rescan answers; outcomes are told by notices and by the history. */
export interface RescanReport {
  readonly scanned: number;
  readonly compliant: number;
  readonly findings: readonly ReportedFinding[];
  readonly idle: readonly IdleFunction[];
  /** Enqueued for enforcement. */
  readonly remediations: readonly {
    readonly id: string;
    readonly functionArn: string;
    readonly planned: string;
  }[];
  /** Functions of which too little is known to judge them. */
  readonly unknown: readonly { readonly functionArn: string; readonly reason: string }[];
}

/** Judges the functions that are asked for and enqueues what has to be done; it writes nothing to them itself. */
export async function rescanAccount(
  request: RescanRequest,
  ports: Ports,
  settings: Settings,
): Promise<RescanReport> {
  const reports: RescanReport[] = [];
  for await (const listed of ports.listFunctions()) {
    if (settings.deployment.ownFunctionArns.has(listed.functionArn)) continue;
    if (!matchesFunction(request.functions, listed.functionArn)) continue;
    reports.push(await rescanFunction({ listed, request }, ports, settings));
  }
  return {
    scanned: reports.length,
    compliant: reports.reduce((sum, { compliant }) => sum + compliant, 0),
    findings: reports.flatMap(({ findings }) => findings),
    idle: reports.flatMap(({ idle }) => idle),
    remediations: reports.flatMap(({ remediations }) => remediations),
    unknown: reports.flatMap(({ unknown }) => unknown),
  };
}

interface Asked {
  readonly listed: ListedFunction;
  readonly request: RescanRequest;
}

async function rescanFunction(
  { listed, request }: Asked,
  ports: Ports,
  settings: Settings,
): Promise<RescanReport> {
  const { functionArn } = listed;
  const known = (await ports.readRecord(functionArn)) ?? newRecord(functionArn);
  const needsRead = listed.canBeIdle || !isListedGood(listed, known, settings);
  const snapshot = needsRead ? await ports.readSnapshot(functionArn) : undefined;
  if (snapshot === undefined) return needsRead ? GONE : GOOD;
  const order = { hops: 0, ...request };
  const look = lookAt({ known, snapshot, order, nowMs: ports.nowMs() }, settings);
  return rescanLook(withTarget(look, [], settings), ports, request.mode);
}

const NOTHING = { scanned: 1, findings: [], idle: [], remediations: [], unknown: [] };
const GOOD: RescanReport = { ...NOTHING, compliant: 1 };
/** Deleted between the list and the read. */
const GONE: RescanReport = { ...NOTHING, scanned: 0, compliant: 0 };

/** What a list tells is enough where it shows the recorded baseline and nothing is open. */
function isListedGood(listed: ListedFunction, known: FunctionRecord, settings: Settings): boolean {
  const { baseline, violation, intent, quarantine } = known;
  if ((baseline === undefined || violation) ?? intent ?? quarantine) return false;
  const isSame = JSON.stringify(baseline.attachment) === JSON.stringify(listed.attachment);
  return isSame && isCompliant(judge(listed, baseline, settings));
}

async function rescanLook(look: Look, ports: Ports, mode: Mode | undefined): Promise<RescanReport> {
  const { snapshot, findings, known, nowMs, policy, isWakeRequested } = look;
  const { functionArn } = snapshot;
  const { remediation, record } = decide(look);
  const isWorkFound = isActing(remediation) || JSON.stringify(record) !== JSON.stringify(known);
  if (isWorkFound) {
    const order = { functionArn, hops: 0, wake: isWakeRequested };
    await ports.enqueue(mode === undefined ? order : { ...order, mode }, 0);
  }
  return {
    scanned: 1,
    compliant: isCompliant(findings) ? 1 : 0,
    findings: reportFindings({ snapshot, findings, record, remediation: remediation.kind, nowMs }),
    idle:
      policy.idle.report && isIdle(snapshot)
        ? [{ functionArn, isListed: remediation.kind === 'wake' }]
        : [],
    remediations:
      isActing(remediation) && record.intent !== undefined
        ? [{ id: record.intent.remediationId, functionArn, planned: remediation.kind }]
        : [],
    unknown: unknownsOf(look),
  };
}

function unknownsOf({ findings, snapshot }: Look): RescanReport['unknown'] {
  if (violationsOf(findings).length > 0) return [];
  return findings.flatMap(({ verdict }) =>
    verdict.status === 'unknown'
      ? [{ functionArn: snapshot.functionArn, reason: verdict.reason }]
      : [],
  );
}

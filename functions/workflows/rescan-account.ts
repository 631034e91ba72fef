import { isSameAttachment } from '../core/attachment.ts';
import { isListedToWake } from '../core/choose-remediation.ts';
import { decide } from '../core/decide.ts';
import type { ReportedFinding } from '../core/finding.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { isCompliant, type Look, violationsOf } from '../core/look.ts';
import type { Mode } from '../core/policy.ts';
import { type FunctionRecord, isSameRecord, newRecord } from '../core/record.ts';
import { reportFindings } from '../core/report-finding.ts';
import { matchesFunction, namedFunctions, type RescanRequest } from '../core/rescan-request.ts';
import { isIdle } from '../core/snapshot.ts';
import { judge } from './judge.ts';
import { lookAt, withTarget } from './look-at.ts';
import type { ListedFunction, Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/** One idle function. */
interface IdleFunction {
  readonly functionArn: string;
  /** Whether the policy wants it woken. */
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
  /** Functions of which too little is known to judge them, and those named that were not looked at. */
  readonly unknown: readonly { readonly functionArn: string; readonly reason: string }[];
}

/** Judges the functions that are asked for and enqueues what has to be done; it writes nothing to them itself. */
export async function rescanAccount(
  request: RescanRequest,
  ports: Ports,
  settings: Settings,
): Promise<RescanReport> {
  const { ownFunctionArns } = settings.deployment;
  const reports: RescanReport[] = [];
  const missed = new Set(namedFunctions(request));
  for await (const listed of ports.listFunctions()) {
    const { functionArn } = listed;
    if (ownFunctionArns.has(functionArn)) continue;
    if (!matchesFunction(request.functions, functionArn)) continue;
    const report = await rescanApart({ listed, request }, ports, settings);
    reports.push(report);
    if (report.scanned > 0) missed.delete(functionArn);
  }
  return {
    scanned: reports.reduce((sum, { scanned }) => sum + scanned, 0),
    compliant: reports.reduce((sum, { compliant }) => sum + compliant, 0),
    findings: reports.flatMap(({ findings }) => findings),
    idle: reports.flatMap(({ idle }) => idle),
    remediations: reports.flatMap(({ remediations }) => remediations),
    unknown: [
      ...reports.flatMap(({ unknown }) => unknown),
      ...[...missed].map((functionArn) => ({
        functionArn,
        reason: ownFunctionArns.has(functionArn) ? OWN_FUNCTION : NO_SUCH_FUNCTION,
      })),
    ],
  };
}

const OWN_FUNCTION = 'a function of the guardrail itself';
const NO_SUCH_FUNCTION = 'there is no such function';

interface Asked {
  readonly listed: ListedFunction;
  readonly request: RescanRequest;
}

/** One function that cannot be read costs the report no other one. */
async function rescanApart(asked: Asked, ports: Ports, settings: Settings): Promise<RescanReport> {
  try {
    return await rescanFunction(asked, ports, settings);
  } catch (error) {
    if (!(error instanceof GuardrailError && error.code === 'OBSERVATION_FAILED')) throw error;
    const { functionArn } = asked.listed;
    return { ...NOTHING, compliant: 0, unknown: [{ functionArn, reason: error.message }] };
  }
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
  if (baseline === undefined || !isSameAttachment(baseline.attachment, listed.attachment)) {
    return false;
  }
  const isOpen = [violation, intent, quarantine].some((open) => open !== undefined);
  return !isOpen && isCompliant(judge(listed, baseline, settings));
}

async function rescanLook(look: Look, ports: Ports, mode: Mode | undefined): Promise<RescanReport> {
  const { snapshot, findings, known, nowMs, policy, isWakeRequested } = look;
  const { functionArn } = snapshot;
  const { remediation, record, intended } = decide(look);
  if (intended !== undefined || !isSameRecord(record, known)) {
    const order = { functionArn, hops: 0, wake: isWakeRequested };
    await ports.enqueue(mode === undefined ? order : { ...order, mode }, 0);
  }
  const { violation } = record;
  const planned = remediation.kind;
  return {
    scanned: 1,
    compliant: isCompliant(findings) ? 1 : 0,
    findings: reportFindings({
      snapshot,
      findings,
      record,
      violation,
      remediation: planned,
      nowMs,
    }),
    idle:
      policy.idle.report && isIdle(snapshot)
        ? [{ functionArn, isListed: isListedToWake(look) }]
        : [],
    remediations:
      intended === undefined ? [] : [{ id: intended.intent.remediationId, functionArn, planned }],
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

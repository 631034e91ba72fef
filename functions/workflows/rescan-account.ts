import type { ReportedFinding, Verdict } from '../core/finding.ts';
import { matchesFunction, namedFunctions, type RescanRequest } from '../core/rescan-request.ts';
import { listAccount } from './list-account.ts';
import { meetExemptions } from './meet-exemptions.ts';
import { openGate } from './order-gate.ts';
import type { Ports } from './ports.ts';
import { rescanFunction } from './rescan-function.ts';
import type { Settings } from './settings.ts';
import { tellExpiringExemptions } from './tell-expiring-exemptions.ts';

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
  /** What every control says; only where the request asked for it. */
  readonly verdicts?: readonly ReportedVerdict[];
}

/** What one control says of one function, be it yes. */
export interface ReportedVerdict {
  readonly functionArn: string;
  readonly controlId: string;
  readonly verdict: Verdict['status'];
  /** Absent where it is compliant. */
  readonly reason?: string;
}

/** Judges the functions that are asked for and enqueues what has to be done; it writes nothing to them itself. */
export async function rescanAccount(
  request: RescanRequest,
  ports: Ports,
  settings: Settings,
): Promise<RescanReport> {
  const { ownFunctionArns } = settings.deployment;
  await tellExpiringExemptions(ports, settings);
  const met = await meetExemptions(ports, settings);
  const account = await listAccount(ports, settings);
  const gate = await openGate(request, ports, settings);
  const reports: RescanReport[] = [];
  const missed = new Set(namedFunctions(request));
  for (const listed of account.functions) {
    const { functionArn } = listed;
    if (ownFunctionArns.has(functionArn)) continue;
    if (!matchesFunction(request.functions, functionArn)) continue;
    const report = await rescanFunction({ listed, account, request, met, gate }, ports, settings);
    reports.push(report);
    if (report.scanned > 0) missed.delete(functionArn);
  }
  await gate.close();
  return {
    scanned: reports.reduce((sum, { scanned }) => sum + scanned, 0),
    compliant: reports.reduce((sum, { compliant }) => sum + compliant, 0),
    findings: reports.flatMap(({ findings }) => findings),
    idle: reports.flatMap(({ idle }) => idle),
    remediations: reports.flatMap(({ remediations }) => remediations),
    ...(request.verdicts ? { verdicts: reports.flatMap(({ verdicts = [] }) => verdicts) } : {}),
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

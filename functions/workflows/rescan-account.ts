import { collectSwept } from '../core/collect-swept.ts';
import { CONTROLS } from '../core/controls/registry.ts';
import { withInterfaces, withLastInvocation } from '../core/describe-idle.ts';
import type { Finding, ReportedFinding } from '../core/finding.ts';
import { functionNameOf } from '../core/function-name.ts';
import type { IdleFunction } from '../core/idle-function.ts';
import type { Look } from '../core/look.ts';
import { reportFindings } from '../core/report-finding.ts';
import { missesOf } from '../core/rescan-misses.ts';
import type { RescanReport } from '../core/rescan-report.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import type { SweptFunction } from '../core/swept-function.ts';
import { judgeInterfaces } from './judge-interfaces.ts';
import { openSweep } from './open-sweep.ts';
import { type InterfacesRead, readInterfaces } from './read-interfaces.ts';
import { unknownsOf, verdictsOf } from './report-look.ts';
import type { Settings } from './settings.ts';
import type { Swept } from './sweep-function.ts';
import { type Sweep, sweepFunctions } from './sweep-functions.ts';
import type { RescanProgress, SweepPorts } from './sweep-ports.ts';
import { tellExpiringExemptions } from './tell-expiring-exemptions.ts';

/** How a rescan runs. */
export interface RescanRun {
  readonly rescanId: string;
  /** When it has to answer, finished or not. */
  readonly untilMs: number;
  readonly onProgress: (progress: RescanProgress) => Promise<void>;
}

const PROGRESS_MS = 2_000;
const NO_MISSES = { functionArns: [], patterns: [] } as const;
const OUT_OF_TIME = 'the time was not enough: ask for fewer functions at once, by pattern';

/** Judges the functions that are asked for and enqueues what has to be done; it writes nothing to them itself. */
export async function rescanAccount(
  request: RescanRequest,
  ports: SweepPorts,
  settings: Settings,
  run: RescanRun,
): Promise<RescanReport> {
  await tellExpiringExemptions(ports, settings);
  const sweep = await openSweep(request, ports, settings);
  const { swept, isFinished } = await lookAtAll(sweep, run, { ports, settings });
  await sweep.gate.close(isFinished);
  const interfaces = await readInterfaces(sweep, ports, settings);
  const concluded = swept.map((one) => conclude(one, { interfaces, sweep, settings }));
  const missed = isFinished ? missesOf(request, concluded) : NO_MISSES;
  const report = collectSwept(concluded, request);
  return {
    reportId: run.rescanId,
    ...report,
    idle: await withLastInvocations(report.idle, ports),
    unknown: [
      ...report.unknown,
      ...missed.functionArns.map((functionArn) => whyMissed(functionArn, settings)),
    ],
    ...(missed.patterns.length === 0 ? {} : { unmatched: missed.patterns }),
    interfaces: interfaces.reports,
    ...(await holderOf(report, ports)),
    ...(isFinished ? {} : { unfinished: { reason: OUT_OF_TIME } }),
  };
}

interface Means {
  readonly ports: SweepPorts;
  readonly settings: Settings;
}

async function lookAtAll(
  sweep: Sweep,
  { rescanId, untilMs, onProgress }: RescanRun,
  { ports, settings }: Means,
): Promise<{ readonly swept: readonly Swept[]; readonly isFinished: boolean }> {
  const startedMs = ports.nowMs();
  const swept: Swept[] = [];
  let violations = 0;
  let saidMs = startedMs;
  const say = (isOver: boolean) =>
    onProgress({
      rescanId,
      startedMs,
      atMs: ports.nowMs(),
      scanned: swept.length,
      violations,
      isOver,
    });
  await say(false);
  let isFinished = true;
  const isOver = (): boolean => {
    isFinished &&= ports.nowMs() < untilMs;
    return !isFinished;
  };
  for await (const step of sweepFunctions({ sweep, isOver }, ports, settings)) {
    if (step.swept !== undefined) {
      swept.push(step.swept);
      violations += step.swept.report.findings.filter(isViolation).length;
    }
    const nowMs = ports.nowMs();
    if (nowMs - saidMs >= PROGRESS_MS) {
      saidMs = nowMs;
      await say(false);
    }
  }
  await say(true);
  return { swept, isFinished };
}

function isViolation({ verdict, exemption }: ReportedFinding): boolean {
  return verdict === 'violation' && exemption === undefined;
}

interface Conclusion {
  readonly interfaces: InterfacesRead;
  readonly sweep: Sweep;
  readonly settings: Settings;
}

/** Adds what only the whole list tells: how full the VPC is. */
function conclude(
  { report, look }: Swept,
  { interfaces, sweep, settings }: Conclusion,
): SweptFunction {
  const facts = report.vpcId === undefined ? undefined : interfaces.factsOf(report.vpcId);
  if (look === undefined || facts === undefined) return report;
  const added = judgeInterfaces(look, { interfaces: facts, met: sweep.met }, settings);
  const findings = [...look.findings, ...added];
  const unknown = unknownsOf(findings);
  return {
    ...report,
    isCompliant: report.isCompliant && added.every(isGood),
    findings: inOrder([...report.findings, ...reportAdded(look, added)]),
    idle: report.idle.map((idle) => withInterfaces(idle, facts)),
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(report.verdicts === undefined ? {} : { verdicts: inOrder(verdictsOf(findings)) }),
  };
}

function isGood({ verdict: { status } }: Finding): boolean {
  return status === 'compliant' || status === 'not-applicable';
}

function reportAdded(look: Look, findings: readonly Finding[]): readonly ReportedFinding[] {
  const { snapshot, record, nowMs } = look;
  const { violation } = record;
  return reportFindings({ snapshot, findings, record, violation, remediation: 'none', nowMs });
}

function inOrder<Item extends { readonly controlId: string }>(
  items: readonly Item[],
): readonly Item[] {
  return CONTROLS.flatMap(({ id }) => items.filter(({ controlId }) => controlId === id));
}

/** Whoever acts only later meets the breaker: people are told of it now. */
async function holderOf(
  { remediations }: Pick<RescanReport, 'remediations'>,
  ports: SweepPorts,
): Promise<Pick<RescanReport, 'withheldBy'>> {
  if (!remediations.some(({ isCounted }) => isCounted)) return {};
  const { isKilled, isTripped } = await ports.readBreaker();
  if (isKilled) return { withheldBy: 'kill-switch' };
  return isTripped ? { withheldBy: 'breaker' } : {};
}

function whyMissed(functionArn: string, { deployment }: Settings) {
  const isOwn = deployment.ownFunctionArns.has(functionArn);
  return {
    functionArn,
    reason: isOwn ? 'a function of the guardrail itself' : 'there is no such function',
  };
}

async function withLastInvocations(
  idle: readonly IdleFunction[],
  ports: SweepPorts,
): Promise<readonly IdleFunction[]> {
  if (idle.length === 0) return idle;
  const names = [...new Set(idle.map(({ functionArn }) => functionNameOf(functionArn)))];
  const invoked = await ports.readLastInvocations(names);
  if ('unknown' in invoked) return idle;
  return idle.map((one) =>
    withLastInvocation(one, invoked.value.get(functionNameOf(one.functionArn))),
  );
}

import { isDetached, isSameAttachment } from '../core/attachment.ts';
import { isCounted } from '../core/breaker.ts';
import { CONTROLS } from '../core/controls/registry.ts';
import { decide } from '../core/decide.ts';
import type { MetExemptions } from '../core/exemption.ts';
import type { Fact } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { isCompliant, type Look } from '../core/look.ts';
import { NOWHERE } from '../core/network.ts';
import type { Order } from '../core/order.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import { type FunctionRecord, isSameRecord, newRecord } from '../core/record.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import { judge } from './judge.ts';
import type { ListedAccount } from './list-account.ts';
import { lookAt } from './look-at.ts';
import type { OrderGate } from './order-gate.ts';
import type { ListedFunction, Ports } from './ports.ts';
import { reportLook } from './report-look.ts';
import type { RescanReport } from './rescan-account.ts';
import type { Settings } from './settings.ts';

/** One function of a rescan, and what the lists tell. */
export interface Rescanned {
  readonly listed: ListedFunction;
  readonly account: ListedAccount;
  readonly request: RescanRequest;
  readonly met: MetExemptions;
  /** Where its order goes. */
  readonly gate: OrderGate;
}

const NOTHING = { scanned: 1, findings: [], idle: [], remediations: [], unknown: [] };
const GOOD: RescanReport = { ...NOTHING, compliant: 1 };
/** Deleted between the list and the read. */
const GONE: RescanReport = { ...NOTHING, scanned: 0, compliant: 0 };

/** Judges one function and enqueues what has to be done; one that cannot be read costs the report no other one. */
export async function rescanFunction(
  rescanned: Rescanned,
  ports: Ports,
  settings: Settings,
): Promise<RescanReport> {
  const { report, order, isCounted: costsBudget = false } = await look(rescanned, ports, settings);
  if (order !== undefined) await rescanned.gate.send(order, costsBudget);
  return report;
}

/** What is said of one function, and the order that it needs. */
interface Looked {
  readonly report: RescanReport;
  readonly order?: Order;
  /** Whether a remediation comes with the order that costs budget. */
  readonly isCounted?: boolean;
}

async function look(rescanned: Rescanned, ports: Ports, settings: Settings): Promise<Looked> {
  try {
    return await lookAndReport(rescanned, ports, settings);
  } catch (error) {
    if (!(error instanceof GuardrailError && error.code === 'OBSERVATION_FAILED')) throw error;
    const { functionArn } = rescanned.listed;
    rescanned.gate.miss();
    const unknown = [{ functionArn, reason: error.message }];
    return { report: { ...NOTHING, compliant: 0, unknown } };
  }
}

async function lookAndReport(
  { listed, account, request, met }: Rescanned,
  ports: Ports,
  settings: Settings,
): Promise<Looked> {
  const { functionArn } = listed;
  const known = (await ports.readRecord(functionArn)) ?? newRecord(functionArn);
  const listedVersions = account.versions.get(functionArn) ?? [];
  const isKnown = listedVersions.length === 0 && !request.verdicts;
  const isGood = isKnown && isListedGood(listed, known, settings);
  const needsRead = listed.canBeIdle || !isGood;
  const snapshot = needsRead ? await ports.readSnapshot(functionArn) : undefined;
  if (snapshot === undefined) return { report: needsRead ? GONE : GOOD };
  const versions = await readVersions(listed, listedVersions, ports);
  const order = { hops: 0, ...request, isThorough: true } as const;
  const seen = { known, snapshot, order, network: account.network, versions, met };
  const looked = await lookAt(seen, ports, settings);
  const interfaces = judgeInterfaces(looked, { account, met }, settings);
  return conclude(looked, request, interfaces);
}

/** The list names no aliases: they are asked for where a version keeps an attachment that the function left. */
async function readVersions(
  { functionArn, attachment }: ListedFunction,
  listed: readonly PublishedVersion[],
  ports: Ports,
): Promise<Fact<readonly PublishedVersion[]>> {
  const isElsewhere = listed.some((version) => !isSameAttachment(version.attachment, attachment));
  return isElsewhere ? ports.readVersions(functionArn) : { value: listed };
}

/** What a list tells is enough where it shows the recorded baseline in no VPC and nothing is open. */
function isListedGood(listed: ListedFunction, known: FunctionRecord, settings: Settings): boolean {
  const { attachment, hasCapacityProvider } = listed;
  const { baseline, violation, intent, quarantine } = known;
  const isRecorded = baseline !== undefined && isSameAttachment(baseline.attachment, attachment);
  if (!isRecorded || hasCapacityProvider || !isDetached(attachment)) return false;
  if ([violation, intent, quarantine].some((open) => open !== undefined)) return false;
  const snapshot = { ...listed, tags: {} };
  const facts = { network: { value: NOWHERE } };
  return isCompliant(
    judge({ snapshot, record: known, facts, met: new Map(), nowMs: 0 }, baseline, settings),
  );
}

/** How full a VPC is matters to every function in it, and no remediation of one function changes it. */
function judgeInterfaces(
  { snapshot, record, findings, nowMs }: Look,
  { account, met }: Pick<Rescanned, 'account' | 'met'>,
  settings: Settings,
): readonly Finding[] {
  if (record.current === undefined) return [];
  const { vpcId } = snapshot.attachment;
  const interfaces = vpcId === undefined ? undefined : account.interfacesOf(vpcId);
  const judged = { snapshot, record, facts: { interfaces }, met, nowMs };
  const answers = judge({ ...judged, scopes: ['account'] }, record.current, settings);
  const known = new Set(findings.map(({ controlId }) => controlId));
  return answers.filter(({ controlId }) => !known.has(controlId));
}

function conclude(looked: Look, request: RescanRequest, interfaces: readonly Finding[]): Looked {
  const decision = decide(looked);
  const { known } = looked;
  const { record, intended } = decision;
  const findings = inOrder([...looked.findings, ...interfaces]);
  const report = reportLook(looked, decision, { request, findings });
  const isNews = intended !== undefined || !isSameRecord(record, withJudgement(known, record));
  if (!isNews) return { report };
  const { mode, wake } = request;
  const { functionArn } = looked.snapshot;
  const order = { functionArn, hops: 0, wake, isThorough: true } as const;
  return {
    report,
    order: mode === undefined ? order : { ...order, mode },
    isCounted: intended !== undefined && isCounted(intended),
  };
}

/** A new policy that finds nothing either is no news: the next event notes it. */
function withJudgement(
  { judgedBy: _, ...known }: FunctionRecord,
  { judgedBy }: FunctionRecord,
): FunctionRecord {
  return judgedBy === undefined ? known : { ...known, judgedBy };
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return CONTROLS.flatMap(({ id }) => findings.filter(({ controlId }) => controlId === id));
}

import { isDetached, isSameAttachment } from '../core/attachment.ts';
import { begunSince } from '../core/beginning.ts';
import { versionsCompliant } from '../core/controls/versions-compliant.ts';
import { type Decision, decide } from '../core/decide.ts';
import type { Fact } from '../core/facts.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { isCompliant, type Look } from '../core/look.ts';
import { NOWHERE } from '../core/network.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { SweptFunction } from '../core/swept-function.ts';
import { findIdle } from './find-idle.ts';
import { judge } from './judge.ts';
import type { ListedGroup } from './list-groups.ts';
import { lookAt } from './look-at.ts';
import type { ListedFunction } from './ports.ts';
import { reportLook } from './report-look.ts';
import type { Settings } from './settings.ts';
import { settleLook } from './settle-look.ts';
import type { Sweep } from './sweep-functions.ts';
import type { SweepPorts } from './sweep-ports.ts';

/** What a sweep says of one function, and what it rests on. */
export interface Swept {
  readonly report: SweptFunction;
  /** Absent where the list was enough, and where nothing could be read. */
  readonly look?: Look;
}

/** Whatever a create or update of a function in no VPC needs, it has needed by then. */
const SURELY_DONE_MS = 3_600_000;

/** Looks at one function; one that cannot be read costs the sweep no other one. */
export async function sweepFunction(
  group: ListedGroup,
  sweep: Sweep,
  ports: SweepPorts,
  settings: Settings,
): Promise<Swept> {
  const { looked, swept } = await lookOrMiss(group, sweep, { ports, settings });
  // What fails from here on is no fault of the function: an order that gets lost would be missed by nobody.
  if (looked !== undefined) await settleLook(looked.look, looked.decision, sweep, ports);
  return swept;
}

interface Means {
  readonly ports: SweepPorts;
  readonly settings: Settings;
}

/** What is to be said of a function, and what is to be done about it where it was looked at. */
interface Looked {
  readonly swept: Swept;
  readonly looked?: { readonly look: Look; readonly decision: Decision };
}

async function lookOrMiss(group: ListedGroup, sweep: Sweep, means: Means): Promise<Looked> {
  try {
    return await lookAtGroup(group, sweep, means);
  } catch (error) {
    if (!(error instanceof GuardrailError && error.code === 'OBSERVATION_FAILED')) throw error;
    sweep.gate.miss();
    const unknown = [error.message];
    return { swept: { report: { ...plain(group), isCompliant: false, unknown } } };
  }
}

async function lookAtGroup(
  group: ListedGroup,
  sweep: Sweep,
  { ports, settings }: Means,
): Promise<Looked> {
  const { latest, known } = group;
  const isProved = isProvedByList(group, sweep, settings);
  if (isProved && latest !== undefined && isBaseline(latest, known))
    return { swept: { report: plain(group) } };
  const snapshot =
    isProved && latest !== undefined && isSurelyDone(latest, ports.nowMs())
      ? toSnapshot(latest)
      : await ports.readSnapshot(group.functionArn);
  if (snapshot === undefined) return { swept: { report: { ...plain(group), isGone: true } } };
  const seen = {
    known,
    snapshot,
    order: { hops: 0, ...sweep.request, isThorough: true as const },
    met: sweep.met,
    network: sweep.network,
    versions: await readVersions(group, snapshot, ports),
  };
  const look = await lookAt(seen, ports, settings);
  const decision = decide(look);
  const lookAtVersion = (published: FunctionSnapshot) =>
    lookAt({ ...seen, snapshot: published }, ports, settings);
  const idle = await findIdle({ group, look, network: sweep.network, lookAtVersion }, ports);
  const report = { ...toReport(look, decision, sweep), idle };
  return { swept: { report, look }, looked: { look, decision } };
}

/**
 * Tells whether the list alone proves that nothing stands against a function and nothing is to be done.
 *
 * That holds for what is in no VPC and has nothing that AWS could reclaim.
 */
function isProvedByList(
  { latest, versions, known }: ListedGroup,
  { request }: Sweep,
  settings: Settings,
): boolean {
  if (latest === undefined || versions.length > 0 || request.verdicts) return false;
  if (latest.canBeIdle || latest.hasCapacityProvider || !isDetached(latest.attachment))
    return false;
  const { violation, intent, quarantine, candidate, current, isDeleted, outbox, unkept } = known;
  if ([violation, intent, quarantine, candidate].some((open) => open !== undefined)) return false;
  if (isDeleted || outbox.length > 0 || unkept.length > 0) return false;
  const isMoved = current !== undefined && !isSameAttachment(current.attachment, latest.attachment);
  if (isMoved) return false;
  const origin = current ?? {
    attachment: latest.attachment,
    call: 'UpdateFunctionConfiguration' as const,
  };
  const snapshot = { ...latest, tags: {} };
  const facts = { network: { value: NOWHERE } };
  const judged = { snapshot, record: known, facts, met: new Map(), nowMs: 0 };
  return isCompliant(judge(judged, origin, settings));
}

function isBaseline({ attachment }: ListedFunction, { baseline }: FunctionRecord): boolean {
  return baseline !== undefined && isSameAttachment(baseline.attachment, attachment);
}

function isSurelyDone({ lastModifiedMs }: ListedFunction, nowMs: number): boolean {
  return lastModifiedMs !== undefined && nowMs - lastModifiedMs >= SURELY_DONE_MS;
}

/** AWS: the list leaves out states; a function in no VPC that nobody changed for an hour runs as it is listed. */
function toSnapshot(listed: ListedFunction): FunctionSnapshot {
  const { version, canBeIdle, ...rest } = listed;
  return { ...rest, revisionId: '', state: 'Active', lastUpdateStatus: 'Successful', tags: {} };
}

/** The list names no aliases: they are asked for where a version keeps an attachment that the function left. */
async function readVersions(
  { functionArn, latest, versions, known }: ListedGroup,
  { attachment }: FunctionSnapshot,
  ports: SweepPorts,
): Promise<Fact<readonly PublishedVersion[]>> {
  const isElsewhere = versions.some((version) => !isSameAttachment(version.attachment, attachment));
  const stands = known.violation?.controlIds.includes(versionsCompliant.id) === true;
  if (isElsewhere || stands || latest === undefined) return ports.readVersions(functionArn);
  const listed = versions.map(({ version = '', attachment: at }) => ({
    version,
    attachment: at,
    aliases: [],
  }));
  return { value: listed };
}

/** What is said of a function that nothing speaks against. */
function plain({ functionArn, known }: Pick<ListedGroup, 'functionArn' | 'known'>): SweptFunction {
  return {
    functionArn,
    isGone: false,
    isCompliant: true,
    findings: [],
    idle: [],
    newControlIds: [],
    isResolved: false,
    isQuarantined: known.quarantine !== undefined,
    isBaselineNew: false,
  };
}

function toReport(
  look: Look,
  decision: Decision,
  { request, newSinceMs }: Sweep,
): Omit<SweptFunction, 'idle'> {
  const { known, snapshot } = look;
  const { record } = decision;
  const { vpcId } = snapshot.attachment;
  const { violation } = record;
  const isBaselineNew =
    record.baseline !== undefined &&
    (known.baseline === undefined ||
      !isSameAttachment(known.baseline.attachment, record.baseline.attachment));
  return {
    functionArn: snapshot.functionArn,
    ...(vpcId === undefined ? {} : { vpcId }),
    isGone: false,
    ...reportLook(look, decision, request),
    newControlIds: violation === undefined ? [] : begunSince(violation, newSinceMs),
    isResolved: known.violation !== undefined && violation === undefined,
    isQuarantined: record.quarantine !== undefined,
    isBaselineNew,
  };
}

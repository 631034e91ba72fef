import { isSameAttachment } from '../core/attachment.ts';
import { CONTROLS } from '../core/controls/registry.ts';
import type { FactKind, Facts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import { violationsOf, violationsToActOn } from '../core/look.ts';
import type { CompiledPolicy } from '../core/policy.ts';
import type { AttachmentOrigin, FunctionRecord } from '../core/record.ts';
import { type Asking, gatherFacts } from './gather-facts.ts';
import { judge } from './judge.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';

/** What is judged, and what was known of the function before. */
export interface Proving {
  readonly asking: Asking;
  readonly origin: AttachmentOrigin;
  readonly known: FunctionRecord;
}

/** Findings, and the facts that they rest on. */
export interface Proved {
  readonly facts: Facts;
  readonly findings: readonly Finding[];
}

const OF_NETWORK: ReadonlySet<FactKind> = new Set(['network', 'versions']);
const BY_NETWORK: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ needs }) => needs.some((kind) => OF_NETWORK.has(kind))).map(({ id }) => id),
);

/**
 * Gathers facts and judges by them.
 *
 * What is remembered of a network may be older than the function: a new violation that turns on it is judged
 * once more by what AWS answers now, before anybody acts on it or hears of it.
 */
export async function judgeProved(
  { asking, origin, known }: Proving,
  ports: Ports,
  settings: Settings,
): Promise<Proved> {
  const judgeBy = (facts: Facts): Proved => ({
    facts,
    findings: judge({ ...asking.judged, facts }, origin, settings),
  });
  const first = judgeBy(await gatherFacts(asking, ports, settings));
  const isFresh = asking.isFresh || asking.network?.isFresh === true;
  const deciding = isFresh ? [] : decidingIn(first.findings, settings.policy);
  const isDoubtful = deciding.some((id) => BY_NETWORK.has(id) && !stands(id, origin, known));
  if (!isDoubtful) return first;
  return judgeBy(await gatherFacts({ ...asking, isFresh: true }, ports, settings));
}

/** The controls that decide what is done or, where nothing is, what is told. */
function decidingIn(findings: readonly Finding[], policy: CompiledPolicy): readonly string[] {
  const toActOn = violationsToActOn(findings, policy);
  return (toActOn.length > 0 ? toActOn : violationsOf(findings)).map(({ controlId }) => controlId);
}

/** It was proved when it was first seen. */
function stands(
  controlId: string,
  { attachment }: AttachmentOrigin,
  { current, violation }: FunctionRecord,
): boolean {
  const isSame = current !== undefined && isSameAttachment(current.attachment, attachment);
  return isSame && violation?.controlIds.includes(controlId) === true;
}

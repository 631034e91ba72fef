import type { Fact } from '../../functions/core/facts.ts';
import type { NetworkFacts } from '../../functions/core/network.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { RescanReport } from '../../functions/core/rescan-report.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { askersOf, type Ledger } from './chaos-ledger.ts';
import type { ChaosNetwork } from './chaos-network.ts';
import { isAgreed, type Opinion, opinionOn, opinionsOn } from './chaos-oracle.ts';
import type { ChaosPolicy } from './chaos-policies.ts';
import { OWN_FUNCTION } from './drill.ts';
import type { FakeWorld } from './fakes.ts';

/** What is left when everything is quiet. */
export interface Ending {
  readonly world: FakeWorld;
  readonly ledger: Ledger;
  readonly network: ChaosNetwork;
  readonly deployed: ChaosPolicy;
  readonly report: RescanReport;
}

/** One function at the end. */
interface Left {
  readonly snapshot: FunctionSnapshot;
  readonly record: FunctionRecord | undefined;
  /** What may be said of where AWS runs it. */
  readonly opinions: ReadonlySet<Opinion>;
}

/** Something that holds at the end; answers what is wrong of one function. */
type EndInvariant = (left: Left, ending: Ending) => string | undefined;

const everyFunctionEndsWell: EndInvariant = (
  { snapshot, record, opinions },
  { ledger, report },
) => {
  const { functionArn, reservedConcurrency, attachment } = snapshot;
  if (opinions.has('good') || reservedConcurrency === 0) return undefined;
  const { isTold, sinceMs = 0 } = record?.violation ?? {};
  const toldMs = Math.max(ledger.toldMs.get(functionArn) ?? -1, ledger.digestMs);
  if (isTold && toldMs >= sinceMs) return undefined;
  const isReported = [...report.unknown, ...report.findings].some(
    (reported) => reported.functionArn === functionArn,
  );
  if (opinions.has('unknown') && isReported) return undefined;
  const where = attachment.subnetIds.join(', ') || 'no VPC';
  return `${functionArn} is in ${where}, ${[...opinions].join(' or ')}, neither contained nor told`;
};

const nothingIsLeftOpen: EndInvariant = ({ snapshot, record }) => {
  const { intent, outbox = [], unkept = [] } = record ?? {};
  if (intent === undefined && outbox.length === 0 && unkept.length === 0) return undefined;
  const open = [intent?.kind, ...outbox.map(({ id }) => id), ...unkept.map(({ event }) => event)];
  return `${snapshot.functionArn} has still open: ${open.join(', ')}`;
};

const whatIsGoodIsNotHeld: EndInvariant = ({ snapshot, opinions }, { ledger }) =>
  isAgreed(opinions, 'good') &&
  snapshot.reservedConcurrency === 0 &&
  snapshot.lastUpdateStatus !== 'Failed' &&
  ledger.holds.has(snapshot.functionArn)
    ? `${snapshot.functionArn} is good and still in quarantine`
    : undefined;

/** What is promised of every function once all is quiet and a rescan has been. */
export const ENDING = {
  everyFunctionEndsWell,
  nothingIsLeftOpen,
  whatIsGoodIsNotHeld,
} as const satisfies Record<string, EndInvariant>;

/** A promise that is broken at the end. */
interface BrokenEnding {
  readonly invariant: string;
  readonly message: string;
  readonly functionArn: string;
}

/** Looks at every function at the end; answers what is wrong, by the name of what is broken. */
export async function judgeEnding(ending: Ending): Promise<readonly BrokenEnding[]> {
  const networks = [await ending.network.readNetwork('every', true)];
  return [...ending.world.snapshots.values()].flatMap((snapshot) => {
    const { functionArn } = snapshot;
    if (functionArn === OWN_FUNCTION) return [];
    const left = { snapshot, ...leftOf(snapshot, networks, ending) };
    return Object.entries(ENDING).flatMap(([invariant, whatIsWrong]) => {
      const wrong = whatIsWrong(left, ending);
      return wrong === undefined ? [] : [{ invariant, message: wrong, functionArn }];
    });
  });
}

function leftOf(
  { functionArn, attachment: named, lastUpdateStatus }: FunctionSnapshot,
  networks: readonly Fact<NetworkFacts>[],
  { world, ledger, deployed }: Ending,
): Pick<Left, 'record' | 'opinions'> {
  const { runs = named } = ledger.truths.get(functionArn) ?? {};
  const record = world.records.get(functionArn);
  // AWS names what was asked for: where it was before is known only where a revert of the guardrail failed.
  const isHidden = lastUpdateStatus === 'Failed' && !record?.violation?.refused.length;
  const attachment = isHidden ? named : runs;
  const about = { functionArn, attachment, deployed, networks };
  const opinions = opinionsOn(about, askersOf(ledger, { functionArn, attachment }));
  const isKnown = record?.current?.principalArn !== undefined;
  return { record, opinions: isKnown ? opinions : new Set([...opinions, opinionOn(about)]) };
}

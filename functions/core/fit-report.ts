import type { ReportedFinding } from './finding.ts';
import { SEVERITIES } from './policy.ts';
import type { OmittedCounts, RescanReport } from './rescan-report.ts';

/**
 * The most bytes that a rescan may answer, with room for what is said of its effort.
 *
 * AWS: a synchronous answer has at most 6 MB, which nobody promises to be more than six million bytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MOST_ANSWER_BYTES = 5_900_000;

/** An entry of a list, and how much room it takes. */
interface Measured<Entry> {
  readonly entry: Entry;
  readonly bytes: number;
}

const NOTHING = { findings: [], idle: [], remediations: [], unknown: [] } as const;

/**
 * Cuts a report that is larger than an answer may be, and counts what is left out.
 *
 * The findings go first, the least severe ahead of the others and the exempt ahead of their like: they alone are kept in
 * the table. INVARIANT: all else, such as the verdicts on a few functions, is small; it is never cut.
 */
export function fitReport(report: RescanReport, mostBytes: number): RescanReport {
  const findings = measure(report.findings);
  const remediations = measure(report.remediations);
  const idle = measure(report.idle);
  const unknown = measure(report.unknown);
  const lists = sizeOf(findings) + sizeOf(remediations) + sizeOf(idle) + sizeOf(unknown);
  if (bytesOf({ ...report, ...NOTHING }) + lists <= mostBytes) return report;
  // No list loses more than it has, so no other counts need more digits.
  const bare = { ...report, ...NOTHING, omitted: omittedFrom(report, NOTHING) };
  const room = createRoom(mostBytes - bytesOf(bare));
  const kept = {
    remediations: room.take(remediations),
    idle: room.take(idle),
    unknown: room.take(unknown),
    findings: takeWorst(findings, room),
  };
  return { ...report, ...kept, omitted: omittedFrom(report, kept) };
}

/** What is left of the bytes. */
interface Room {
  /** Takes entries from the first on, until one has no room. */
  readonly take: <Entry>(measured: readonly Measured<Entry>[]) => readonly Entry[];
}

function createRoom(bytes: number): Room {
  let left = bytes;
  return {
    take: (measured) => {
      const taken = measured.findIndex(({ bytes: own }) => {
        // One byte for the comma.
        const isOver = own + 1 > left;
        if (!isOver) left -= own + 1;
        return isOver;
      });
      const kept = taken === -1 ? measured : measured.slice(0, taken);
      return kept.map(({ entry }) => entry);
    },
  };
}

function takeWorst(
  findings: readonly Measured<ReportedFinding>[],
  room: Room,
): readonly ReportedFinding[] {
  const worstFirst = findings.toSorted((left, right) => rankOf(right.entry) - rankOf(left.entry));
  const kept = new Set(room.take(worstFirst));
  return findings.flatMap(({ entry }) => (kept.has(entry) ? [entry] : []));
}

function rankOf({ severity, exemption }: ReportedFinding): number {
  return 2 * SEVERITIES.indexOf(severity) + (exemption === undefined ? 1 : 0);
}

/** Beside what was left out before. */
function omittedFrom(
  { omitted, ...report }: RescanReport,
  kept: Pick<RescanReport, keyof OmittedCounts>,
): OmittedCounts {
  const count = (list: keyof OmittedCounts) =>
    (omitted?.[list] ?? 0) + report[list].length - kept[list].length;
  return {
    findings: count('findings'),
    idle: count('idle'),
    remediations: count('remediations'),
    unknown: count('unknown'),
  };
}

function measure<Entry>(entries: readonly Entry[]): readonly Measured<Entry>[] {
  return entries.map((entry) => ({ entry, bytes: bytesOf(entry) }));
}

function sizeOf(measured: readonly Measured<unknown>[]): number {
  const commas = Math.max(0, measured.length - 1);
  return measured.reduce((sum, { bytes }) => sum + bytes, commas);
}

/** How many bytes the JSON of a value has in UTF-8. */
function bytesOf(value: unknown): number {
  const json = JSON.stringify(value);
  let bytes = json.length;
  for (let index = 0; index < json.length; index += 1) {
    const unit = json.charCodeAt(index);
    if (unit > 0x7f) bytes += isHalf(unit) || unit < 0x800 ? 1 : 2;
  }
  return bytes;
}

/** Of a character beyond the first plane: four bytes are two units. JSON escapes those that are alone. */
function isHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

import type { Report } from '../cli/report/report.ts';

/** What people are told of a control beside its id. */
export interface ControlWords {
  readonly id: string;
  readonly title: string;
  /** What people do about a violation. */
  readonly fix: string;
}

/** A report as the document holds it: what recurs is written once. */
export interface PackedReport {
  /** What the ARNs of most functions begin with; those that do not are wrapped in an array. */
  readonly arnPrefix: string;
  /** What the entries of the lists refer to by number. */
  readonly shared: readonly unknown[];
  /** In the order of their numbers. */
  readonly controls: readonly ControlWords[];
  readonly report: Entry;
}

/** A record whose fields are known by name only. */
export type Entry = Readonly<Record<string, unknown>>;

/** The fields of the lists' entries that many have in common, as a rule. */
export const SHARED_FIELDS: ReadonlySet<string> = new Set([
  'attachment',
  'baseline',
  'actor',
  'who',
  'exemption',
  'reason',
  'statement',
  'why',
  'toWake',
  'whyNot',
]);

const LISTS = ['findings', 'idle', 'remediations', 'unknown', 'verdicts'];
const SCAN_LISTS = ['functions', 'timeline'];

/** Reads a report from its packed form. */
export function unpackReport({ arnPrefix, shared, report }: PackedReport): Report {
  return mapEntries(report, ([key, value]) => {
    if (SHARED_FIELDS.has(key)) return [key, shared[Number(value)]];
    if (key !== 'functionArn') return [key, value];
    return [key, Array.isArray(value) ? value[0] : `${arnPrefix}${value}`];
  }) as unknown as Report;
}

/** Maps every field of every entry of the lists that are packed. */
export function mapEntries(
  report: Entry,
  mapField: (field: readonly [string, unknown]) => readonly [string, unknown],
): Entry {
  const mapLists = (holder: Entry, lists: readonly string[]): Entry => ({
    ...holder,
    ...Object.fromEntries(
      lists.flatMap((list) => {
        const entries = holder[list] as readonly Entry[] | undefined;
        return entries === undefined ? [] : [[list, entries.map(mapEntry)]];
      }),
    ),
  });
  const mapEntry = (entry: Entry): Entry => Object.fromEntries(Object.entries(entry).map(mapField));
  const { scan, ...rest } = mapLists(report, LISTS);
  return scan === undefined ? rest : { ...rest, scan: mapLists(scan as Entry, SCAN_LISTS) };
}

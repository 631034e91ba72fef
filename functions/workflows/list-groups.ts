import { isDetached } from '../core/attachment.ts';
import { functionNameOf } from '../core/function-name.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import { type FunctionRecord, newRecord } from '../core/record.ts';
import type { ListedFunction } from './ports.ts';
import type { ListedPage, SeenFunction, SweepPorts } from './sweep-ports.ts';

/** One function as the list shows it, and what is known of it. */
export interface ListedGroup {
  readonly functionArn: string;
  /** Absent where AWS lists versions apart from their function. */
  readonly latest?: ListedFunction;
  /** Its published versions, where they are listed. */
  readonly versions: readonly ListedFunction[];
  /** The page that it begins on; absent: the first. */
  readonly marker?: string;
  /** A new record where nothing is known, or where nobody wants to know. */
  readonly known: FunctionRecord;
}

/** What is listed, and from where. */
export interface Listing {
  readonly withVersions: boolean;
  readonly marker?: string | undefined;
  /** The names of the functions that were listed: they are not listed again, and new ones join them. */
  readonly seen: Set<string>;
  /** Whose records are read. */
  readonly isWanted: (functionArn: string) => boolean;
}

type Group = Omit<ListedGroup, 'known'>;

const MOST_RESTARTS = 3;

/**
 * Lists functions in one stream, each with its published versions and its record: a call of each kind a page.
 *
 * Where AWS no longer knows where a list goes on, it begins again, and passes over what it has shown.
 */
export async function* listGroups(
  { withVersions, marker: from, seen, isWanted }: Listing,
  ports: Pick<SweepPorts, 'listPage' | 'readRecords'>,
): AsyncGenerator<ListedGroup> {
  let open: Group | undefined;
  for await (const { page, marker } of listPages(withVersions, from, ports)) {
    const isHead = marker === undefined;
    const groups = groupPage(isHead ? undefined : open, page, marker);
    // The versions of the last one may go on on the next page.
    open = page.nextMarker === undefined ? undefined : groups.pop();
    yield* await withRecords(
      groups.filter((group) => !isRest(group, from, seen) && isNew(group, seen)),
      isWanted,
      ports,
    );
  }
}

/** What is kept of a listed function for whoever goes on with the list. */
export function toSeen({ functionArn, latest, versions }: Group): SeenFunction {
  const attachments = [...(latest === undefined ? [] : [latest]), ...versions]
    .map(({ attachment }) => attachment)
    .filter((attachment) => !isDetached(attachment));
  return { functionName: functionNameOf(functionArn), attachments };
}

async function* listPages(
  withVersions: boolean,
  from: string | undefined,
  ports: Pick<SweepPorts, 'listPage'>,
): AsyncGenerator<{ readonly page: ListedPage; readonly marker: string | undefined }> {
  let marker = from;
  let restarts = 0;
  for (;;) {
    const page = await ports.listPage(withVersions, marker);
    if (page !== undefined) {
      yield { page, marker };
      marker = page.nextMarker;
      if (marker === undefined) return;
    } else if (restarts < MOST_RESTARTS) {
      restarts += 1;
      marker = undefined;
    } else {
      const message = 'could not list the functions: AWS keeps forgetting where the list goes on';
      throw new GuardrailError(message, { code: 'OBSERVATION_FAILED' });
    }
  }
}

/** Puts the versions of a page to their functions; the first may go on with what the page before left open. */
function groupPage(
  open: Group | undefined,
  { functions }: ListedPage,
  marker: string | undefined,
): Group[] {
  const groups: Group[] = open === undefined ? [] : [open];
  for (const listed of functions) {
    const last = groups.at(-1);
    if (last?.functionArn === listed.functionArn) groups[groups.length - 1] = join(last, listed);
    else
      groups.push(join({ functionArn: listed.functionArn, versions: [], ...at(marker) }, listed));
  }
  return groups;
}

function join(group: Group, listed: ListedFunction): Group {
  if (listed.version === undefined) return { ...group, latest: listed };
  return { ...group, versions: [...group.versions, listed] };
}

function at(marker: string | undefined): Pick<Group, 'marker'> {
  return marker === undefined ? {} : { marker };
}

/** Where a list goes on, the page may begin with versions of a function that was listed with them before. */
function isRest(
  { functionArn, latest, marker }: Group,
  from: string | undefined,
  seen: ReadonlySet<string>,
): boolean {
  const isWhereItGoesOn = from !== undefined && marker === from;
  return isWhereItGoesOn && latest === undefined && seen.has(functionNameOf(functionArn));
}

/** Versions that come apart from their function are a reason to look at it again. */
function isNew({ functionArn, latest }: Group, seen: Set<string>): boolean {
  if (latest === undefined) return true;
  const name = functionNameOf(functionArn);
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}

async function withRecords(
  groups: readonly Group[],
  isWanted: Listing['isWanted'],
  { readRecords }: Pick<SweepPorts, 'readRecords'>,
): Promise<readonly ListedGroup[]> {
  const wanted = groups.map(({ functionArn }) => functionArn).filter(isWanted);
  const records = wanted.length === 0 ? new Map() : await readRecords(wanted);
  return groups.map((group) => ({
    ...group,
    known: records.get(group.functionArn) ?? newRecord(group.functionArn),
  }));
}

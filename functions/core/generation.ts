import type { Actor } from './actor.ts';
import type { ChangeEvent } from './change-event.ts';
import { keep } from './history.ts';
import { lastNotices } from './last-notices.ts';
import type { FunctionRecord } from './record.ts';
import { HANDLER_MS } from './settle-intent.ts';

/**
 * Tells whether what is seen is another function than the one that is known.
 *
 * A create from before somebody saw the function is the one that began this generation. One from after that
 * began another, be it late and older than what is known: that may be of the other one already.
 */
export function beginsGeneration(known: FunctionRecord, change: ChangeEvent | undefined): boolean {
  const { isDeleted, current, changedAtMs, existedAtMs = changedAtMs - 1, lastEventId } = known;
  if (isDeleted || change?.kind !== 'create') return isDeleted;
  const isNew = change.eventId !== lastEventId && change.eventTimeMs > existedAtMs;
  return current !== undefined && isNew;
}

/** How a generation ended, as far as anybody knows. */
interface Ending {
  readonly nowMs: number;
  readonly eventId?: string;
  readonly actor?: Actor;
  /** Another function has its name already: what was done since was done to that one. */
  readonly isReplaced?: true;
}

/** Begins a generation; where no event told that the one before it had ended, its end is kept now. */
export function nextGeneration(
  known: FunctionRecord,
  { nowMs, change }: { readonly nowMs: number; readonly change?: ChangeEvent | undefined },
): FunctionRecord {
  const why = 'somebody deleted it, and another one has its name';
  const ended = known.isDeleted ? known : keepEnd(known, { nowMs }, why);
  const bornMs = known.isDeleted ? known.changedAtMs : (change?.eventTimeMs ?? nowMs);
  return {
    ...withoutLife(ended),
    ...doneSince(known, bornMs),
    generation: known.generation + 1,
    bornMs,
  };
}

/** Ends a generation: the function is gone, and what was known of it no longer holds. */
export function observeGone(known: FunctionRecord, ending: Ending): FunctionRecord {
  const { nowMs, eventId, isReplaced } = ending;
  const why = eventId === undefined ? 'AWS does not find it any more' : 'somebody deleted it';
  return {
    ...withoutLife(keepEnd(known, ending, why)),
    ...(isReplaced ? doneSince(known, nowMs) : {}),
    isDeleted: true,
    changedAtMs: Math.max(known.changedAtMs, nowMs),
    ...(eventId === undefined ? {} : { lastEventId: eventId }),
    outbox: [],
  };
}

/**
 * What was done to the function that is there now, before anybody knew that it is another one.
 *
 * A handler may act on what it read before: the older function's quarantine then is the younger one's. One that
 * is not to be seen there is dropped like any that its owner ended.
 */
function doneSince(
  { quarantine, intent }: FunctionRecord,
  sinceMs: number,
): Pick<FunctionRecord, 'quarantine' | 'intent'> {
  return {
    ...(quarantine !== undefined && quarantine.sinceMs + HANDLER_MS >= sinceMs
      ? { quarantine }
      : {}),
    ...(intent !== undefined && intent.startedAtMs + HANDLER_MS >= sinceMs ? { intent } : {}),
  };
}

function keepEnd(
  known: FunctionRecord,
  { nowMs, eventId, actor }: Ending,
  why: string,
): FunctionRecord {
  const { generation, current } = known;
  return keep(
    known,
    { nowMs, key: String(generation) },
    {
      event: 'deleted',
      why,
      ...(actor === undefined ? {} : { who: actor }),
      ...(eventId === undefined ? {} : { eventId }),
      ...(current === undefined ? {} : { before: { attachment: current.attachment } }),
    },
  );
}

/** What outlives a generation: counters and what is still to be told. */
function withoutLife(known: FunctionRecord): FunctionRecord {
  const { functionArn, version, generation, changedAtMs, recheckAtMs, unkept } = known;
  const { violations, wakes, revertsMs } = known;
  return {
    functionArn,
    version,
    generation,
    changedAtMs,
    isDeleted: false,
    violations,
    wakes,
    revertsMs,
    recheckAtMs,
    outbox: lastNotices(known),
    unkept,
  };
}

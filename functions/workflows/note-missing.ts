import { observeGone } from '../core/generation.ts';
import { lastNotices } from '../core/last-notices.ts';
import type { Order } from '../core/order.ts';
import type { FunctionRecord } from '../core/record.ts';
import { keepHistory } from './keep-history.ts';
import type { Ports } from './ports.ts';

const SECOND_LOOK_SECONDS = 60;
/** By then the event of the create has come, if it comes, even where its first handler died. */
const CREATED_AGAIN_SECONDS = 200;
/** A little less, since the clocks of two handlers differ. */
const GONE_AFTER_MS = 55_000;

/**
 * Notes that AWS does not find a function, and answers what that means.
 *
 * Gone is what was deleted by an event's word, or what is not found in two reads a minute apart.
 */
export async function noteMissing(
  { functionArn, change }: Order,
  known: FunctionRecord,
  ports: Ports,
): Promise<string> {
  if (known.version === 0 || known.isDeleted) return 'there is no such function';
  const nowMs = ports.nowMs();
  const { missingSinceMs = nowMs } = known;
  if (change?.kind === 'delete') {
    const { eventTimeMs, eventId, actor } = change;
    await endLife(known, { nowMs: eventTimeMs, eventId, actor }, ports);
    return 'the function was deleted';
  }
  if (nowMs - missingSinceMs >= GONE_AFTER_MS) {
    await endLife(known, { nowMs }, ports);
    return 'the function is gone';
  }
  if (known.missingSinceMs === undefined) {
    await ports.enqueue({ functionArn, hops: 1, wake: false }, SECOND_LOOK_SECONDS);
    await ports.writeRecord({ ...known, missingSinceMs });
  }
  return 'it was not found, and is looked for again in a minute';
}

/**
 * Ends a generation although a function of that name is there: it was deleted and created again.
 *
 * The new one owes nothing to the old one's baseline: it is judged with the event of its own create, and
 * looked at in any case where that event is lost. Undefined where the event says nothing new.
 */
export async function noteCreatedAgain(
  { functionArn, change }: Order,
  known: FunctionRecord,
  ports: Ports,
): Promise<string | undefined> {
  if (change?.kind !== 'delete' || known.version === 0) return undefined;
  if (known.isDeleted && change.eventId === known.lastEventId) return AGAIN;
  if (known.isDeleted || change.eventTimeMs <= known.changedAtMs) return undefined;
  const { eventTimeMs, eventId, actor } = change;
  await ports.enqueue({ functionArn, hops: 1, wake: false }, CREATED_AGAIN_SECONDS);
  await endLife(known, { nowMs: eventTimeMs, eventId, actor, isReplaced: true }, ports);
  return AGAIN;
}

const AGAIN =
  'the function was deleted and created again, and is judged with the event of its create';

/** What was done about the function is told before it is forgotten. */
async function endLife(
  known: FunctionRecord,
  end: Parameters<typeof observeGone>[1],
  ports: Ports,
): Promise<void> {
  const claimed =
    known.outbox.length === 0
      ? known
      : await ports.writeRecord({ ...known, tellingSinceMs: ports.nowMs() });
  for (const notice of lastNotices(claimed)) await ports.publish(notice);
  await ports.writeRecord(await keepHistory(observeGone(claimed, end), ports));
}

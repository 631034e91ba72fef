import type { Notice } from './notice.ts';
import type { FunctionRecord } from './record.ts';

const DOUBT =
  'The function was deleted before it could be seen whether AWS had done this: it may have come too late.';

/** What is still to be told of a life that is over, with a doubt where nobody saw what became of a remediation. */
export function lastNotices({
  outbox,
  intent,
}: Pick<FunctionRecord, 'outbox' | 'intent'>): readonly Notice[] {
  if (intent?.status !== 'open') return outbox;
  return outbox.map((notice) =>
    notice.id === intent.noticeId ? { ...notice, text: `${notice.text}\n\n${DOUBT}` } : notice,
  );
}

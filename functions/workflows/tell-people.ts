import type { Look } from '../core/look.ts';
import type { Notice } from '../core/notice.ts';
import { withWhatIsLost } from '../core/notices/what-is-lost.ts';
import type { Ports } from './ports.ts';

/**
 * Publishes a notice, completed by what only the telling needs to know.
 *
 * What a quarantine costs is read after it was done: nobody waits for words.
 */
export async function tellPeople(notice: Notice, look: Look, ports: Ports): Promise<void> {
  await ports.publish(await completed(notice, look, ports));
}

async function completed(notice: Notice, { snapshot, cause }: Look, ports: Ports): Promise<Notice> {
  // Nothing hands events to a function that was just created: a thousand bad creates ask nothing more of AWS.
  if (notice.kind !== 'remediation' || notice.remediation !== 'quarantine' || cause === 'create') {
    return notice;
  }
  return withWhatIsLost(notice, await ports.readEventPaths(snapshot.functionArn), snapshot);
}

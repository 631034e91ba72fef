import { bad, type Checkup, good, unseen } from './checkup.ts';
import { sayAge } from './say-age.ts';

const ABOUT = { topic: 'clock' } as const;

/** AWS refuses signatures that are five minutes off; answers come in whole seconds. */
const MOST_MS = 120_000;

/** Judges how far this machine's clock is ahead of AWS's. */
export function judgeClock(aheadMs: number | undefined): Checkup {
  if (aheadMs === undefined) return unseen(ABOUT, 'no answer of AWS told the time');
  const off = Math.abs(aheadMs);
  if (off <= MOST_MS) return good(ABOUT, "this machine's clock and AWS's agree");
  return bad(
    ABOUT,
    `this machine's clock is ${sayAge(off)} ${aheadMs > 0 ? 'ahead of' : 'behind'} AWS's: from five minutes on AWS refuses signatures`,
    'set the clock by the network: `sudo timedatectl set-ntp true`, or the time settings of the machine',
  );
}

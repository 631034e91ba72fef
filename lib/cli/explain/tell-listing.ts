import { counted } from '../operator/counted.ts';
import type { Terminal } from '../terminal.ts';

const SAY_EVERY_MS = 5_000;

/** Tells from time to time how far a long list has come; of a short one nothing. */
export function tellListing(
  { tell }: Pick<Terminal, 'tell'>,
  hostMs: () => number = () => performance.now(),
): (count: number) => void {
  let saidMs = hostMs();
  return (count) => {
    if (hostMs() - saidMs < SAY_EVERY_MS) return;
    saidMs = hostMs();
    const why = 'to find who shares its network interfaces; --quick does without';
    tell(`listed ${counted(count, 'function')} ${why}`);
  };
}

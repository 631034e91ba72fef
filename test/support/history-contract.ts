import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../functions/core/history.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** Where the history of functions is kept and read. */
export interface HistorySubject extends Pick<Ports, 'keepHistory'> {
  readonly readHistory: (functionArn: string) => Promise<readonly HistoryEntry[]>;
}

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const OTHER_ARN = `${ARN}-2`;
const LONG_WHY = 'it was so '.repeat(1_000);

/** An entry of the history, but for what is given. */
export function entryOf(given: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id: 'entry-1',
    functionArn: ARN,
    generation: 1,
    version: 1,
    step: 0,
    atMs: 1_795_338_000_000,
    event: 'attached',
    why: 'its attachment changed',
    ...given,
  };
}

/** What every keeper of the history does. */
export function describeHistoryContract(name: string, create: () => Promise<HistorySubject>): void {
  describe(`${name} as the keeper of the history`, () => {
    it('knows nothing of a function of which nothing was told', async () => {
      const subject = await create();
      await subject.keepHistory([entryOf({ functionArn: OTHER_ARN })]);

      expect(await subject.readHistory(ARN)).toEqual([]);
    });

    it('reads an entry back as it was told', async () => {
      const { keepHistory, readHistory } = await create();
      const entry = entryOf({
        why: 'it is "so" \u{1F512}\n',
        who: { principalArn: 'arn:p', sessionName: 's' },
        controlIds: ['LVG.1'],
        before: { reservedConcurrency: 0 },
      });

      await keepHistory([entry]);

      expect(await readHistory(ARN)).toStrictEqual([entry]);
    });

    it('tells the same once, and as it was told first', async () => {
      const { keepHistory, readHistory } = await create();
      const entry = entryOf();
      await keepHistory([entry]);

      await keepHistory([{ ...entry, why: 'otherwise' }, entryOf({ id: 'entry-2', step: 1 })]);

      expect(await readHistory(ARN)).toEqual([entry, entryOf({ id: 'entry-2', step: 1 })]);
    });

    it('reads in the order in which it was told, whatever the ids', async () => {
      const { keepHistory, readHistory } = await create();
      const told = [
        entryOf({ id: 'f', version: 2, step: 0 }),
        entryOf({ id: 'a', version: 2, step: 1 }),
        entryOf({ id: 'e', version: 10, step: 0 }),
        entryOf({ id: 'd', version: 10, step: 1 }),
        entryOf({ id: 'c', generation: 2, version: 1_000_000, step: 0 }),
        entryOf({ id: 'b', generation: 10, version: 1_000_001, step: 0 }),
      ];

      await keepHistory(told.toReversed());

      expect((await readHistory(ARN)).map(({ id }) => id)).toEqual(['f', 'a', 'e', 'd', 'c', 'b']);
    });

    it('reads more than one answer holds', async () => {
      const { keepHistory, readHistory } = await create();
      const versions = Array.from({ length: 120 }, (_, index) => index + 1);

      await keepHistory(versions.map((version) => entryOf({ version, why: LONG_WHY })));

      expect((await readHistory(ARN)).map(({ version }) => version)).toEqual(versions);
    });
  });
}

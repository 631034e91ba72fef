import { describe, expect, it } from 'vitest';
import { createJournal, note } from '../../lib/local/journal.ts';

describe('note', () => {
  it('adds at the end, and forgets the oldest of very many', () => {
    const list: number[] = [];
    const lengths = new Set<number>();

    for (let entry = 0; entry < 1000; entry++) {
      note(list, entry, 100);
      lengths.add(list.length);
    }

    expect(Math.max(...lengths)).toBe(110);
    expect(list).toEqual(Array.from(list, (_, index) => 1000 - list.length + index));
  });

  it('keeps twenty thousand unless it is told otherwise', () => {
    const { events } = createJournal();
    const event = { eventID: 'e', eventName: 'CreateX', eventTime: 't' };

    for (let entry = 0; entry < 22_001; entry++) note(events, event);

    expect(events).toHaveLength(20_000);
  });
});

import { describe, expect, it } from 'vitest';
import { keepHistory } from '../../functions/workflows/keep-history.ts';
import { recordOf } from '../support/builders.ts';
import { createFakeWorld } from '../support/fakes.ts';
import { entryOf } from '../support/history-contract.ts';

describe('keepHistory', () => {
  it('asks nothing of the table where nothing is to be told', async () => {
    const { ports, calls } = createFakeWorld();
    const record = recordOf();

    expect(await keepHistory(record, ports)).toBe(record);
    expect(calls).toEqual([]);
  });

  it('keeps what is to be told, and answers the record without it', async () => {
    const { ports, history } = createFakeWorld();
    const entries = [entryOf(), entryOf({ id: 'entry-2', step: 1 })];
    const record = recordOf({ unkept: entries });

    expect(await keepHistory(record, ports)).toEqual({ ...record, unkept: [] });
    expect([...history.values()]).toEqual(entries);
  });

  it('tells nothing twice after a crash', async () => {
    const { ports, history, inject } = createFakeWorld();
    const record = recordOf({ unkept: [entryOf()] });
    inject('keepHistory', { errorAfter: new Error('crash') });

    await expect(keepHistory(record, ports)).rejects.toThrow('crash');
    await keepHistory(record, ports);

    expect([...history.values()]).toEqual([entryOf()]);
  });
});

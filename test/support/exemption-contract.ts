import { describe, expect, it } from 'vitest';
import type { Ports } from '../../functions/workflows/ports.ts';

/** A ledger of exemptions under test, empty, and a clock for it. */
export interface LedgerSubject extends Pick<Ports, 'meetExemptions' | 'claimEnd' | 'noteEndTold'> {
  readonly passMs: (ms: number) => void;
  readonly nowMs: () => number;
}

/** What every ledger of exemptions does. */
export function describeExemptionContract(
  name: string,
  create: () => Promise<LedgerSubject>,
): void {
  describe(`${name}: the ledger of exemptions`, () => {
    it('notes when each exemption is met first, and keeps to that', async () => {
      const ledger = await create();
      const metMs = ledger.nowMs();
      await ledger.meetExemptions(['one']);
      ledger.passMs(1000);

      const met = await ledger.meetExemptions(['one', 'two']);

      expect(met.get('one')).toEqual({ metMs, isEndTold: false });
      expect(met.get('two')).toEqual({ metMs: metMs + 1000, isEndTold: false });
    });

    it('lets one handler at a time tell of an end, until it had time to', async () => {
      const ledger = await create();
      await ledger.meetExemptions(['one', 'two']);

      expect(await ledger.claimEnd('one')).toBe(true);
      expect(await ledger.claimEnd('one')).toBe(false);
      expect(await ledger.claimEnd('two')).toBe(true);
      ledger.passMs(30_000);
      expect(await ledger.claimEnd('one')).toBe(true);
    });

    it('notes whose end was told', async () => {
      const ledger = await create();
      const metMs = ledger.nowMs();
      await ledger.meetExemptions(['one', 'two']);

      await ledger.noteEndTold('one');
      await ledger.noteEndTold('one');

      const met = await ledger.meetExemptions(['one', 'two']);
      expect(met.get('one')).toEqual({ metMs, isEndTold: true });
      expect(met.get('two')).toEqual({ metMs, isEndTold: false });
    });
  });
}

import type { MetExemption } from '../../functions/core/exemption.ts';
import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { Ports } from '../../functions/workflows/ports.ts';

/** The ports that the table stands behind. */
type StorePorts = Pick<
  Ports,
  'readRecord' | 'writeRecord' | 'takeToken' | 'meetExemptions' | 'noteEndTold'
>;

/** The account item: kill switch, breaker and what was spent. */
interface FakeAccount {
  mode: 'enforce' | 'audit';
  breaker: 'closed' | 'tripped';
  spentMs: Map<string, number>;
}

/** A table that lives in memory. */
export interface FakeStore {
  readonly ports: StorePorts;
  readonly records: Map<string, FunctionRecord>;
  readonly account: FakeAccount;
}

/** Creates a table that lives in memory. */
export function createFakeStore(nowMs: () => number): FakeStore {
  const records = new Map<string, FunctionRecord>();
  const met = new Map<string, MetExemption>();
  const account: FakeAccount = { mode: 'enforce', breaker: 'closed', spentMs: new Map() };
  return {
    records,
    account,
    ports: {
      meetExemptions: async (ids) => {
        const nowMet = { metMs: nowMs(), isEndTold: false };
        for (const id of ids) met.set(id, met.get(id) ?? nowMet);
        return new Map(met);
      },
      noteEndTold: async (id) => {
        met.set(id, { metMs: nowMs(), ...met.get(id), isEndTold: true });
      },
      readRecord: async (functionArn) => structuredClone(records.get(functionArn)),
      writeRecord: async (record) => {
        const { functionArn, version } = record;
        if ((records.get(functionArn)?.version ?? 0) !== version) {
          throw new GuardrailError(`record of \`${functionArn}\` changed`, {
            code: 'RECORD_STALE',
          });
        }
        const written = { ...record, version: version + 1 };
        records.set(functionArn, structuredClone(written));
        return written;
      },
      takeToken: async (id, isCounted, limit) => {
        if (account.mode === 'audit') return { status: 'withheld', reason: 'mode-audit' };
        if (!isCounted || account.spentMs.has(id)) return { status: 'granted' };
        const earliestMs = nowMs() - limit.perMinutes * 60_000;
        const recent = [...account.spentMs].filter(([, atMs]) => atMs > earliestMs);
        if (recent.length >= limit.max) account.breaker = 'tripped';
        if (account.breaker === 'tripped') return { status: 'withheld', reason: 'breaker-tripped' };
        account.spentMs = new Map(recent).set(id, nowMs());
        return { status: 'granted' };
      },
    },
  };
}

import type { Notice } from '../../functions/core/notice.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import type { Settings } from '../../functions/workflows/settings.ts';
import type { ENDING } from './chaos-endings.ts';
import type { ACTING } from './chaos-invariants-acting.ts';
import type { KEEPING } from './chaos-invariants-keeping.ts';
import type { FakeWorld } from './fakes.ts';

/** The name of an invariant. */
type InvariantName = keyof typeof ACTING | keyof typeof KEEPING | keyof typeof ENDING;

/** Something that is wrong on purpose, and the invariant that has to notice. */
export interface Bug {
  readonly name: string;
  readonly caughtBy: InvariantName;
  readonly ports?: (ports: Ports, world: FakeWorld) => Ports;
  /** AWS itself, which takes what it should refuse. */
  readonly world?: (ports: Ports, world: FakeWorld) => Ports;
  readonly settings?: (settings: Settings) => Settings;
}

/** Sees another function than there is. */
export function seeing(
  change: (snapshot: FunctionSnapshot) => FunctionSnapshot,
): Bug['ports'] & object {
  return (ports) => ({
    ...ports,
    readSnapshot: async (functionArn) => {
      const snapshot = await ports.readSnapshot(functionArn);
      return snapshot && change(snapshot);
    },
  });
}

/** Writes another record than it was told to. */
export function writing(change: (record: FunctionRecord) => FunctionRecord): Bug['ports'] & object {
  return (ports) => ({ ...ports, writeRecord: (record) => ports.writeRecord(change(record)) });
}

/** Publishes another notice than it was told to. */
export function publishing(
  change: (notice: Notice, ports: Ports) => Notice,
): Bug['ports'] & object {
  return (ports) => ({ ...ports, publish: (notice) => ports.publish(change(notice, ports)) });
}

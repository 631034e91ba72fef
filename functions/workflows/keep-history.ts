import type { FunctionRecord } from '../core/record.ts';
import type { Ports } from './ports.ts';

/**
 * Keeps what a record still has to tell of its function, and answers the record without it.
 *
 * An entry that was kept before is the same again, so a crash after this tells nothing twice.
 */
export async function keepHistory(
  record: FunctionRecord,
  ports: Pick<Ports, 'keepHistory'>,
): Promise<FunctionRecord> {
  if (record.unkept.length === 0) return record;
  await ports.keepHistory(record.unkept);
  return { ...record, unkept: [] };
}

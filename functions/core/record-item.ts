import type { FunctionRecord } from './record.ts';

/** Where the table keeps the record of a function. */
export function recordKeyOf(functionArn: string) {
  return { pk: { S: `function#${functionArn}` }, sk: { S: 'record' } } as const;
}

/** Reads a record as it was written; undefined where there is none. */
export function parseRecord(json: string | undefined): FunctionRecord | undefined {
  return json === undefined ? undefined : (JSON.parse(json) as FunctionRecord);
}

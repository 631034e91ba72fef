import { createHash, randomBytes } from 'node:crypto';

/** After so many invocations in one chain Lambda stops the next one. */
export const LONGEST_CHAIN = 16;

/**
 * How often a function was invoked in the chain of events that a trace header tells of.
 *
 * AWS: the header's `Lineage` counts invocations by function; SDKs that run in a function send it with every call.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function invocationsIn(functionArn: string, traceHeader: string | undefined): number {
  return readLineage(traceHeader).get(nameIn(functionArn)) ?? 0;
}

/** The header that a function's own calls carry while it handles an event that came with one, or with none. */
export function followTrace(functionArn: string, traceHeader: string | undefined): string {
  const lineage = new Map(readLineage(traceHeader));
  const name = nameIn(functionArn);
  lineage.set(name, (lineage.get(name) ?? 0) + 1);
  const counts = [...lineage].map(([held, count]) => `${held}:${count}`).join('|');
  const [, root = newRoot()] = /(?:^|;)Root=([^;]+)/.exec(traceHeader ?? '') ?? [];
  return `Root=${root};Parent=${randomHex(8)};Sampled=0;Lineage=${counts}`;
}

/**
 * Of the events of a batch, the header of the one whose chain is shortest; undefined where one has none.
 *
 * What Lambda does with a batch of several chains is not documented: this never stops an innocent event.
 */
export function shortestChain(
  functionArn: string,
  traceHeaders: readonly (string | undefined)[],
): string | undefined {
  const [first, ...others] = traceHeaders;
  return others.reduce(
    (least, header) =>
      invocationsIn(functionArn, header) < invocationsIn(functionArn, least) ? header : least,
    first,
  );
}

function readLineage(traceHeader = ''): ReadonlyMap<string, number> {
  const [, text = ''] = /(?:^|;)Lineage=([^;]*)/.exec(traceHeader) ?? [];
  const entries = text.split('|').flatMap((part) => {
    const [, name, count] = /^([0-9a-f]{8}):(\d{1,6})$/.exec(part) ?? [];
    return name === undefined ? [] : [[name, Number(count)] as const];
  });
  return new Map(entries);
}

function nameIn(functionArn: string): string {
  return createHash('sha256').update(functionArn).digest('hex').slice(0, 8);
}

function newRoot(): string {
  return `1-${randomHex(4)}-${randomHex(12)}`;
}

function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

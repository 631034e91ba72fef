import { isUtf8 } from 'node:buffer';

/** A line of a text, counted from 1, or why it is none. */
export type NumberedLine = { readonly number: number } & (
  | { readonly line: string }
  | { readonly fault: string }
);

const LONGEST_LINE = 1_048_576;
const TOO_LONG = `expected at most ${LONGEST_LINE} bytes`;
const LINE_FEED = 10;
const NOTHING: Uint8Array = new Uint8Array();

/** Splits a stream into its lines: all that end within one chunk come together. */
export async function* splitLines(
  chunks: AsyncIterable<unknown>,
): AsyncGenerator<readonly NumberedLine[]> {
  let rest = NOTHING;
  let number = 0;
  for await (const chunk of chunks) {
    const pieces = splitBytes(rest, chunk instanceof Uint8Array ? chunk : Buffer.from(`${chunk}`));
    rest = pieces.pop() ?? NOTHING;
    if (pieces.length > 0) yield pieces.map((bytes) => toLine(bytes, ++number));
    // Nobody waits for the end of a line that has none.
    if (rest.length > LONGEST_LINE) yield [{ number: number + 1, fault: TOO_LONG }];
  }
  if (rest.length > 0) yield [toLine(rest, number + 1)];
}

function splitBytes(rest: Uint8Array, chunk: Uint8Array): Uint8Array[] {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    pieces.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...pieces, bytes.subarray(start)];
}

/** Drops the byte order mark that the first line may begin with. */
function toLine(bytes: Uint8Array, number: number): NumberedLine {
  if (bytes.length > LONGEST_LINE) return { number, fault: TOO_LONG };
  if (!isUtf8(bytes)) return { number, fault: 'expected UTF-8 text' };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  return { number, line: number === 1 ? text.replace(/^\uFEFF/, '') : text };
}

import { UsageError } from '../usage-error.ts';

/** A line of a text, counted from 1. */
export interface NumberedLine {
  readonly line: string;
  readonly number: number;
}

const LONGEST_LINE = 1_048_576;

/** Splits a stream into its lines: all that end within one chunk come together. */
export async function* splitLines(
  chunks: AsyncIterable<unknown>,
): AsyncGenerator<readonly NumberedLine[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 0;
  for await (const chunk of chunks) {
    const text = chunk instanceof Uint8Array ? decoder.decode(chunk, { stream: true }) : `${chunk}`;
    const pieces = `${rest}${text}`.split('\n');
    rest = pieces.pop() ?? '';
    if (pieces.length > 0) yield pieces.map((line) => ({ line, number: ++number }));
    if (rest.length > LONGEST_LINE) throw new UsageError(tooLong(number + 1));
  }
  rest += decoder.decode();
  if (rest !== '') yield [{ line: rest, number: number + 1 }];
}

function tooLong(number: number): string {
  return `line ${number}: expected at most ${LONGEST_LINE} characters`;
}

/** What a command has of the terminal. */
export interface Terminal {
  /** Writes to standard output. */
  readonly print: (text: string) => void;
  /** Writes one line to standard error. */
  readonly tell: (line: string) => void;
  readonly hasColors: boolean;
  /** Whether standard output is a terminal; absent: it is not. */
  readonly isTTY?: boolean;
  readonly nowMs: number;
}

/** The terminal of this process: colored only where a person reads, who did not ask for none. */
export function processTerminal(): Terminal {
  const { NO_COLOR: noColor = '', TERM: term } = process.env;
  return {
    print: (text) => process.stdout.write(text),
    tell: (line) => process.stderr.write(`${line}\n`),
    isTTY: process.stdout.isTTY === true,
    hasColors: process.stdout.isTTY === true && noColor === '' && term !== 'dumb',
    nowMs: Date.now(),
  };
}

/** How results are shown. */
export type Format = 'table' | 'json';

/** Writes one JSON document. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

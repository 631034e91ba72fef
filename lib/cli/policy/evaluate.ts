import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readPolicyOrDocument } from '../../policy/read-policy-or-document.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';
import { parseAskedCall } from './asked-call.ts';
import { createDecideCall, type DecidedCall } from './decide-calls.ts';
import { type NumberedLine, splitLines } from './split-lines.ts';

/** Where calls come from and decisions go to. */
export interface CallStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/** Decides calls line by line, and stops at the first line that is none. */
export async function evaluateCalls(
  file: string,
  { input, output }: CallStreams,
  terminal: Terminal,
): Promise<ExitStatus> {
  const read = readPolicyOrDocument(file, terminal);
  if (!read.ok) {
    for (const fault of read.faults) terminal.tell(fault);
    return EXIT.badInput;
  }
  const decide = createDecideCall(read.documents);
  let fault: string | undefined;
  async function* answer(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
    for await (const lines of splitLines(chunks)) {
      const answers = answerLines(lines, decide);
      if (answers.text !== '') yield answers.text;
      fault = answers.fault;
      if (fault !== undefined) return;
    }
  }
  try {
    await pipeline(input, answer, output, { end: false });
  } catch (error) {
    if (!isReaderGone(error, output)) throw error;
  }
  if (fault === undefined) return EXIT.clean;
  terminal.tell(fault);
  return EXIT.badInput;
}

/** The answers before the first fault, in one text. */
function answerLines(
  lines: readonly NumberedLine[],
  decide: ReturnType<typeof createDecideCall>,
): { readonly text: string; readonly fault?: string } {
  let text = '';
  for (const read of lines) {
    if ('line' in read && read.line.trim() === '') continue;
    const decided = decideLine(read, decide);
    if (!decided.ok) return { text, fault: `line ${read.number}: ${decided.fault}` };
    text += `${JSON.stringify(decided.decision)}\n`;
  }
  return { text };
}

function decideLine(read: NumberedLine, decide: ReturnType<typeof createDecideCall>): DecidedCall {
  if ('fault' in read) return { ok: false, fault: read.fault };
  const parsed = parseAskedCall(read.line);
  return parsed.ok ? decide(parsed.call) : parsed;
}

/** Whoever reads the decisions may stop reading, as `head` does. */
function isReaderGone(error: unknown, output: Writable): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || (code === 'ERR_STREAM_PREMATURE_CLOSE' && output.destroyed);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from '../../../lib/cli/terminal.ts';

/** A terminal that remembers what it was told, on 2026-11-22. */
export function fakeTerminal(parts: Partial<Terminal> = {}) {
  const printed: string[] = [];
  const told: string[] = [];
  const terminal: Terminal = {
    print: (text) => printed.push(text),
    tell: (line) => told.push(line),
    hasColors: false,
    nowMs: Date.UTC(2026, 10, 22, 12),
    ...parts,
  };
  return { terminal, told, printed: () => printed.join('') };
}

/** Writes files into a folder of their own, which goes when it is disposed of. */
export function folderOf(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
    writeFileSync(join(folder, name), text);
  }
  return {
    path: (name = '') => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

/** A statement about the two calls. */
export function statementOf(Sid: string, Condition: object, more: object = {}): object {
  return { Sid, Effect: 'Deny', Action: CALLS, Resource: '*', Condition, ...more };
}

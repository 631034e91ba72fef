import type { Position } from '@aws-sdk/client-iam';

/** Where a statement begins, and where the text goes on after it. */
export interface StatementPosition {
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

interface Scan {
  depth: number;
  /** The last text at the top of the document: the member that is being read. */
  member: string;
  startsAt: number;
  readonly found: (readonly [number, number])[];
}

/** Finds the statements in the text of a policy document, in order; lines and columns count from 1. */
export function findStatements(text: string): readonly StatementPosition[] {
  const scan: Scan = { depth: 0, member: '', startsAt: 0, found: [] };
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token.startsWith('"')) noteText(scan, token);
    else if (token === '{' || token === '[') open(scan, token, index);
    else close(scan, token, index);
  }
  return scan.found.map(([from, to]) => ({
    StartPosition: toPosition(text, from),
    EndPosition: toPosition(text, to),
  }));
}

function noteText(scan: Scan, token: string): void {
  if (scan.depth === 1) scan.member = token;
}

function open(scan: Scan, token: string, index: number): void {
  if (isStatement(scan, token)) scan.startsAt = index;
  scan.depth += token === '[' && isList(scan) ? 0 : 1;
}

function close(scan: Scan, token: string, index: number): void {
  if (token === ']' && isList(scan)) return;
  scan.depth -= 1;
  if (isStatement(scan, token === '}' ? '{' : token)) scan.found.push([scan.startsAt, index + 1]);
}

/** A list of statements is read as if they stood by themselves. */
function isList({ depth, member }: Scan): boolean {
  return depth === 1 && member === '"Statement"';
}

function isStatement(scan: Scan, token: string): boolean {
  return token === '{' && isList(scan);
}

function toPosition(text: string, index: number): Position {
  const before = text.slice(0, index).split('\n');
  return { Line: before.length, Column: (before.at(-1) ?? '').length + 1 };
}

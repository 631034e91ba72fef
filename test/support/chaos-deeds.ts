import type { Attachment } from '../../functions/core/attachment.ts';
import type { HistoryEntry } from '../../functions/core/history.ts';
import type { Notice } from '../../functions/core/notice.ts';
import type { FunctionRecord } from '../../functions/core/record.ts';
import type { TokenAnswer, TokenRequest } from '../../functions/core/token.ts';
import type { Deed } from './chaos-step.ts';

/** Reads what a call does from what it was given and answered. */
export function parseDeed(port: string, args: readonly unknown[], answer: unknown): Deed {
  const [first, second] = args;
  switch (port) {
    case 'attach':
      return { kind: 'attach', target: second as Attachment };
    case 'reserveConcurrency':
      return { kind: 'reserve', value: second as number | undefined };
    case 'wake':
      return { kind: 'wake' };
    case 'takeToken':
      return { kind: 'token', request: first as TokenRequest, answer: answer as TokenAnswer };
    case 'writeRecord':
      return { kind: 'record', written: first as FunctionRecord };
    case 'publish':
      return { kind: 'publish', notice: first as Notice };
    case 'keepHistory':
      return { kind: 'history', entries: first as readonly HistoryEntry[] };
    default:
      return { kind: 'other' };
  }
}

/** Finds the function that a call is about. */
export function parseSubject(args: readonly unknown[]): string | undefined {
  const [first] = args;
  if (typeof first === 'string') return first;
  const item: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof item !== 'object' || item === null || !('functionArn' in item)) return undefined;
  return typeof item.functionArn === 'string' ? item.functionArn : undefined;
}

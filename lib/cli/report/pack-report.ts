import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import { redact } from '../../../functions/core/redact.ts';
import {
  type Entry,
  mapEntries,
  type PackedReport,
  SHARED_FIELDS,
} from '../../page/packed-report.ts';
import type { Report } from './report.ts';

/** Writes what recurs in a report once, and hides what looks like a secret or turns the text around it. */
export function packReport(report: Report): PackedReport {
  const clean = redactAll(report) as Report;
  const arnPrefix = findPrefix(clean);
  const shared = new Map<string, number>();
  const share = (value: unknown): number => {
    const key = JSON.stringify(value);
    const known = shared.get(key) ?? shared.size;
    shared.set(key, known);
    return known;
  };
  const packed = mapEntries(clean as unknown as Entry, ([key, value]) => {
    if (SHARED_FIELDS.has(key)) return [key, value === undefined ? value : share(value)];
    return [key, key === 'functionArn' ? shorten(`${value}`, arnPrefix) : value];
  });
  return {
    arnPrefix,
    controls: CONTROLS.map(({ id, title, fix }) => ({ id, title, fix })),
    report: packed,
    shared: [...shared.keys()].map((text) => JSON.parse(text)),
  };
}

/** What the first function's ARN has before its name: all functions of a region share it. */
function findPrefix({ scan, findings, idle }: Report): string {
  const [first] = [...(scan?.functions ?? []), ...findings, ...idle];
  return first?.functionArn.slice(0, first.functionArn.lastIndexOf(':') + 1) ?? '';
}

function shorten(functionArn: string, arnPrefix: string): string | readonly [string] {
  return functionArn.startsWith(arnPrefix) ? functionArn.slice(arnPrefix.length) : [functionArn];
}

/** What turns the direction of the text behind it, which somebody else wrote. */
const TURNING = /\p{Bidi_Control}/gu;

function redactAll(value: unknown): unknown {
  if (typeof value === 'string') return redact(value).replaceAll(TURNING, '');
  if (Array.isArray(value)) return value.map(redactAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactAll(one)]));
}

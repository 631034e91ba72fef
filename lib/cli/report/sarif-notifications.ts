import type { Notification, ReportingDescriptor } from 'sarif';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { Report } from './report.ts';
import { leftOutOf } from './report-words.ts';
import { toLogicalPlace } from './sarif-place.ts';
import { toMessage } from './sarif-text.ts';

/** What a report does not know, by kind. */
export const NOTIFICATIONS = [
  { id: 'not-finished', shortDescription: { text: 'Functions or findings are missing' } },
  { id: 'not-seen', shortDescription: { text: 'The caller may not see everything' } },
  { id: 'unknown', shortDescription: { text: 'A control cannot tell of a function' } },
  { id: 'not-judged', shortDescription: { text: 'A function is not judged in full' } },
  { id: 'unmatched', shortDescription: { text: 'No function matches a pattern' } },
] as const satisfies readonly ReportingDescriptor[];

type Kind = (typeof NOTIFICATIONS)[number]['id'];

/**
 * Tells what a report does not know, each thing once.
 *
 * As results these would be alerts: code scanning takes every result for a problem, whatever its kind.
 */
export function toNotifications(report: Report, leftOut: number): Notification[] {
  const { findings, scan, unmatched = [] } = report;
  const unknowns = findings.filter(({ verdict }) => verdict === 'unknown');
  return [
    ...leftOutOf(report).map((line) => toNotification('not-finished', line)),
    ...(leftOut === 0
      ? []
      : [toNotification('not-finished', `${leftOut} results are left out: there are too many`)]),
    ...(scan?.notSeen ?? []).map(({ what, because, so }) => {
      return toNotification('not-seen', `${what}: ${because}; so ${so}`);
    }),
    ...unknowns.map(toUnknown),
    ...unjudgedOf(report, unknowns).map(({ functionArn, reason }) => {
      return toNotification('not-judged', `${functionNameOf(functionArn)}: ${reason}`, functionArn);
    }),
    ...unmatched.map((pattern) =>
      toNotification('unmatched', `no function matches \`${pattern}\``),
    ),
  ];
}

function toUnknown({ controlId, functionArn, reason }: ReportedFinding): Notification {
  const text = `${functionNameOf(functionArn)}: ${reason}`;
  return { ...toNotification('unknown', text, functionArn), associatedRule: { id: controlId } };
}

function toNotification(kind: Kind, text: string, functionArn?: string): Notification {
  return {
    descriptor: { id: kind, index: NOTIFICATIONS.findIndex(({ id }) => id === kind) },
    level: kind === 'not-finished' ? 'error' : 'warning',
    message: toMessage(text),
    ...(functionArn === undefined
      ? {}
      : { locations: [{ logicalLocations: [toLogicalPlace(functionArn)] }] }),
  };
}

/** Why functions are not judged in full, but for what a control says of them already. */
function unjudgedOf({ unknown }: Report, unknowns: readonly ReportedFinding[]): Report['unknown'] {
  const keyOf = ({ functionArn, reason }: Report['unknown'][number]) => `${functionArn} ${reason}`;
  const told = new Set(unknowns.map(keyOf));
  return unknown.filter((one) => {
    const isNew = !told.has(keyOf(one));
    told.add(keyOf(one));
    return isNew;
  });
}

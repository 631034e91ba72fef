import {
  type Attachment,
  describeAttachment,
  isSameAttachment,
} from '../../../functions/core/attachment.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import type { SteppedRecord } from './step-record.ts';

/** Says for people what the last good attachment was and is, and what that comes to. */
export function sayChanged({ before, after }: SteppedRecord): readonly string[] {
  const name = functionNameOf(after.functionArn);
  const now = placeOf(after.baseline);
  if (before === after) return [`the last good attachment of ${name} is ${now} already`];
  return [
    `the last good attachment of ${name} is ${now}`,
    `before it was ${placeOf(before.baseline)}`,
    ...(before.candidate !== undefined && after.candidate === undefined
      ? [`forgotten, too: ${placeOf(before.candidate)}, which was about to become it`]
      : []),
    after.baseline === undefined
      ? 'a revert has nowhere to go: the fallback, or else a quarantine, takes its place'
      : 'a revert goes there only where the policy allows it then',
    ...sayReplaced(after),
  ];
}

/** What stands against the new one, as far as the guardrail knows; undefined where nothing does. */
export function warnOf({ baseline, current, violation }: FunctionRecord): string | undefined {
  if (baseline === undefined || current === undefined || violation === undefined) return undefined;
  if (!isSameAttachment(baseline.attachment, current.attachment)) return undefined;
  return `it violates ${violation.controlIds.join(', ')} there: as long as it does, no revert goes there`;
}

/** A look that finds the function good somewhere makes that the last good attachment, whoever said otherwise. */
function sayReplaced({ baseline, current }: FunctionRecord): readonly string[] {
  if (current === undefined) return [];
  if (baseline !== undefined && isSameAttachment(baseline.attachment, current.attachment))
    return [];
  return [
    `it is in ${describeAttachment(current.attachment)}: once the guardrail finds it good there, that is its last good attachment again`,
  ];
}

function placeOf(origin: { readonly attachment: Attachment } | undefined): string {
  return origin === undefined ? 'none' : describeAttachment(origin.attachment);
}

import { createColors } from 'picocolors';
import { describeAttachment } from '../../../functions/core/attachment.ts';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { AttachmentOrigin, FunctionRecord } from '../../../functions/core/record.ts';
import type { OperatorAccount } from '../operator/operator-account.ts';

/** Where reverts of a function go, and where it is. */
export interface DescribedBaseline {
  readonly table: string;
  readonly functionArn: string;
  /** Absent where a revert has nowhere to go. */
  readonly baseline?: AttachmentOrigin;
  /** Becomes the baseline once AWS is seen to run it. */
  readonly candidate?: AttachmentOrigin;
  /** Absent where nobody has looked at it. */
  readonly current?: AttachmentOrigin;
  /** The controls that it violates now; absent where nothing is known to. */
  readonly violated?: readonly string[];
}

/** Says where reverts of a function go, for programs. */
export function describeBaseline(
  { functionArn, baseline, candidate, current, violation }: FunctionRecord,
  { budget }: OperatorAccount,
): DescribedBaseline {
  return {
    table: budget.tableName,
    functionArn,
    ...(baseline === undefined ? {} : { baseline }),
    ...(candidate === undefined ? {} : { candidate }),
    ...(current === undefined ? {} : { current: originOf(current) }),
    ...(violation === undefined ? {} : { violated: violation.controlIds }),
  };
}

/** Says it for people. */
export function renderBaseline(
  { functionArn, baseline, candidate, current, violated }: DescribedBaseline,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const rows: readonly (readonly [string, string] | undefined)[] = [
    ['function', functionNameOf(functionArn)],
    ['last good', baseline === undefined ? NOWHERE : describeAttachment(baseline.attachment)],
    candidate && ['candidate', describeAttachment(candidate.attachment)],
    current && ['now', describeAttachment(current.attachment)],
    violated && ['violates', violated.join(', ')],
  ];
  return rows
    .filter((row) => row !== undefined)
    .map(([label, line]) => `${colors.cyan(label.padEnd(11))}${line}\n`)
    .join('');
}

const NOWHERE = 'none: a revert has nowhere to go';

function originOf({ attachment, call, principalArn }: AttachmentOrigin): AttachmentOrigin {
  return { attachment, call, ...(principalArn === undefined ? {} : { principalArn }) };
}

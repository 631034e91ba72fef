import { evaluateControls } from '../core/controls/evaluate-controls.ts';
import type { Finding } from '../core/finding.ts';
import type { AttachmentOrigin } from '../core/record.ts';
import type { Settings } from './settings.ts';

/** Judges an attachment as the call that produced it would have been judged. */
export function judge(
  {
    functionArn,
    hasCapacityProvider,
  }: { readonly functionArn: string; readonly hasCapacityProvider: boolean },
  { attachment, call, principalArn }: AttachmentOrigin,
  { policy, controls }: Settings,
): readonly Finding[] {
  return evaluateControls(
    {
      functionArn,
      hasCapacityProvider,
      attachment,
      call,
      ...(principalArn === undefined ? {} : { principalArn }),
    },
    policy,
    controls,
  );
}

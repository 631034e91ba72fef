import type { Attachment } from '../attachment.ts';
import type { Verdict } from '../finding.ts';
import type { AccessJudge } from '../iam/evaluate.ts';
import type { ControlSettings } from '../policy.ts';

/** The two calls that produce an attachment. */
export const ATTACHMENT_CALLS = ['CreateFunction', 'UpdateFunctionConfiguration'] as const;

/** One of {@link ATTACHMENT_CALLS}. */
export type AttachmentCall = (typeof ATTACHMENT_CALLS)[number];

/** What the controls are asked about: an attachment and the call that would produce it. */
export interface Subject {
  readonly functionArn: string;
  readonly attachment: Attachment;
  readonly call: AttachmentCall;
  /** Absent when nobody knows who made the attachment. */
  readonly principalArn?: string;
  /** A function on a capacity provider is in the provider's VPC. */
  readonly hasCapacityProvider: boolean;
}

/** What a control judges by, made once from the compiled policy. */
export interface ControlContext {
  readonly judgeAccess: AccessJudge;
  readonly hasAccessDocuments: boolean;
  /** Calls that some Allow is about: for the others nothing is denied implicitly. */
  readonly allowedCalls: ReadonlySet<AttachmentCall>;
}

/** One requirement with one evaluator. */
export interface Control {
  /** `LVG.n`; never used again for another requirement. */
  readonly id: string;
  readonly title: string;
  /** `event`: provable from an event. `function`: needs a read of the function. `account`: the sweep's. */
  readonly scope: 'event' | 'function' | 'account';
  readonly defaults: ControlSettings;
  readonly evaluate: (subject: Subject, context: ControlContext) => Verdict;
}

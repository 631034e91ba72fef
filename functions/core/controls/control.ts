import type { Attachment } from '../attachment.ts';
import type { FactKind, Facts, KnownFacts } from '../facts.ts';
import type { Verdict } from '../finding.ts';
import type { AccessJudge } from '../iam/evaluate.ts';
import type { ControlParameters, ControlSettings, WantedRemediation } from '../policy.ts';

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

/** Everything that controls may answer from. */
export interface Inquiry {
  readonly subject: Subject;
  readonly facts: Facts;
  readonly context: ControlContext;
}

/** What one control is asked. */
export interface Question<Parameters, Needed extends FactKind> {
  readonly subject: Subject;
  /** The facts that the control needs; all of them are known. */
  readonly facts: Pick<KnownFacts, Needed>;
  readonly parameters: Parameters;
  readonly context: ControlContext;
}

/** When a control can be judged: `event` from an event, `function` with a read of it, `account` by a sweep. */
export type ControlScope = 'event' | 'function' | 'account';

interface ControlHead {
  /** `LVG.n`; never used again for another requirement. */
  readonly id: string;
  readonly title: string;
  /** What people do about a violation: one step, as an order. */
  readonly fix: string;
  readonly scope: ControlScope;
  /** What a policy may ask for when it is violated. */
  readonly wishes: readonly WantedRemediation[];
}

/** One requirement with one evaluator. */
export interface Control extends ControlHead {
  readonly needs: readonly FactKind[];
  readonly defaults: ControlSettings;
  /** Undefined where a fact that it needs was not asked for. */
  readonly judge: (inquiry: Inquiry, parameters: ControlParameters) => Verdict | undefined;
}

/** How a control is written. */
export interface ControlDefinition<Parameters extends ControlParameters, Needed extends FactKind>
  extends ControlHead {
  readonly needs: readonly Needed[];
  readonly defaults: Omit<ControlSettings, 'parameters'>;
  /** What the policy may set beside severity and remediations, with its defaults. */
  readonly parameters: Parameters;
  /** Says why the requirement is not about this function, before any fact is looked at. */
  readonly whyNotApplicable?: (subject: Subject, parameters: Parameters) => string | undefined;
  readonly evaluate: (question: Question<Parameters, Needed>) => Verdict;
}

/** Every remediation: for controls that another attachment would satisfy. */
export const ANY_WISH: readonly WantedRemediation[] = ['notify', 'revert', 'quarantine'];

/** For controls that no attachment satisfies. */
export const NO_REVERT: readonly WantedRemediation[] = ['notify', 'quarantine'];

/** For controls that only report. */
export const ONLY_NOTIFY: readonly WantedRemediation[] = ['notify'];

/** Makes a control that answers only from facts that are known. */
export function defineControl<Parameters extends ControlParameters, Needed extends FactKind>(
  definition: ControlDefinition<Parameters, Needed>,
): Control {
  const { whyNotApplicable, evaluate, parameters: defaults, ...head } = definition;
  return {
    ...head,
    defaults: { ...head.defaults, parameters: defaults },
    judge: ({ subject, facts, context }, given) => {
      // The policy's parser checked them against this control's own.
      const parameters = given as Parameters;
      const reason = whyNotApplicable?.(subject, parameters);
      if (reason !== undefined) return { status: 'not-applicable', reason };
      const found = findFacts(facts, head.needs);
      if (found === undefined || 'status' in found) return found;
      return evaluate({ subject, facts: found.known, parameters, context });
    },
  };
}

/** The facts that are needed, or the verdict where one cannot be known; undefined where one was not asked for. */
function findFacts<Needed extends FactKind>(
  facts: Facts,
  needs: readonly Needed[],
): { readonly known: Pick<KnownFacts, Needed> } | Verdict | undefined {
  const known: Partial<Record<FactKind, unknown>> = {};
  for (const kind of needs) {
    const fact = facts[kind];
    if (fact === undefined) return undefined;
    if ('unknown' in fact) return { status: 'unknown', reason: fact.unknown };
    known[kind] = fact.value;
  }
  return { known: known as Pick<KnownFacts, Needed> };
}

import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import { quote } from '../../../functions/core/quote.ts';
import { carveOut, isPrincipalPattern } from './carve-out.ts';
import type { Drafted } from './complement-allows.ts';
import { conjoinConditions } from './conjoin-conditions.ts';
import { type Draft, distinct, type LeftOut, leaveOut } from './draft.ts';
import { draftDenials, draftElsewhere } from './draft-denials.ts';
import {
  type ExportedDocument,
  type ExportForm,
  fitsDocument,
  LONGEST_DOCUMENT,
  packDocuments,
} from './pack-documents.ts';
import { renderStatement } from './render-statement.ts';
import { splitDenial } from './split-denial.ts';
import { numberRepeated, RESERVED_DIGITS } from './statement-ids.ts';

/** What is exported, and to whom it does not apply. */
export interface ExportOptions {
  readonly as: ExportForm;
  /** Patterns of ARNs that are carved out: the guardrail's own roles. */
  readonly exceptPrincipals: readonly string[];
  /** Regions that have a guardrail: elsewhere the calls are denied. */
  readonly regions?: readonly string[];
}

/** Documents that deny what a policy denies. */
export interface Exported {
  /** Whether they deny all of it; more than that they never do. */
  readonly exact: boolean;
  readonly documents: readonly ExportedDocument[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Turns access documents into documents of Deny statements that AWS itself enforces.
 *
 * They deny only what the access documents deny, by a Deny or because no Allow covers the call.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
 */
export function exportAccess(
  documents: readonly AccessDocument[],
  options: ExportOptions,
): Exported {
  const { as, exceptPrincipals, regions = [] } = options;
  check(exceptPrincipals, isPrincipalPattern, 'an ARN with its six parts');
  check(regions, (text) => /^[a-z]+(-[a-z]+)+-\d+$/.test(text), 'a region such as `eu-west-1`');
  const denials = draftDenials(documents);
  const drafts = mergeEqual([...denials.drafts, ...draftElsewhere(regions)]);
  const parts = drafts.map((draft) => finish(draft, options));
  const finished = parts.flatMap((part) => part.drafts);
  const leftOut = distinct([denials, ...parts].flatMap((part) => part.leftOut));
  const sids = numberRepeated(finished.map(({ name }) => name));
  const statements = finished.map((draft, index) => renderStatement(draft, sids[index] ?? ''));
  return { exact: leftOut.length === 0, documents: packDocuments(statements, as), leftOut };
}

function check(
  texts: readonly string[],
  isGood: (text: string) => boolean,
  expected: string,
): void {
  const bad = texts.find((text) => !isGood(text));
  if (bad === undefined) return;
  throw new GuardrailError(`expected ${expected}, got ${quote(bad)}`, { code: 'CONFIG_INVALID' });
}

/** One draft of those that differ only in their calls. */
function mergeEqual(drafts: readonly Draft[]): readonly Draft[] {
  const byMeaning = new Map<string, Draft>();
  for (const draft of drafts) {
    const meaning = JSON.stringify([draft.resource, draft.conditions]);
    const known = byMeaning.get(meaning);
    byMeaning.set(meaning, known === undefined ? draft : merge(known, draft));
  }
  return [...byMeaning.values()];
}

function merge(left: Draft, right: Draft): Draft {
  return {
    ...left,
    actions: distinct([...left.actions, ...right.actions]).toSorted(),
    origins: distinct([...left.origins, ...right.origins]),
  };
}

/** Carves out who is not meant, and splits what is too long for a document. */
function finish(draft: Draft, { as, exceptPrincipals }: ExportOptions): Drafted {
  const conditions = conjoinConditions([...draft.conditions, carveOut(exceptPrincipals)]);
  if (conditions.kind === 'impossible') return { drafts: [], leftOut: [] };
  if (conditions.kind === 'inexpressible') {
    return { drafts: [], leftOut: leaveOut(draft.origins, conditions.why) };
  }
  const fits = (part: Draft): boolean =>
    fitsDocument([renderStatement(part, `${part.name}${RESERVED_DIGITS}`)], as);
  const pieces = splitDenial({ ...draft, conditions: conditions.value }, fits);
  const drafts = pieces.filter(fits);
  const why = `a statement would be longer than the ${LONGEST_DOCUMENT[as]} characters of a document, and its lists cannot be split`;
  return { drafts, leftOut: drafts.length < pieces.length ? leaveOut(draft.origins, why) : [] };
}

import type { RenderedStatement } from './render-statement.ts';

/** What becomes of the export: a service control policy, or an identity policy. */
export type ExportForm = 'scp' | 'iam';

/** One document of an export. */
export interface ExportedDocument {
  /** A name that AWS takes for a policy. */
  readonly name: string;
  readonly json: string;
}

/**
 * Characters that AWS takes in one document; of a managed policy it does not count white space.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const LONGEST_DOCUMENT: Readonly<Record<ExportForm, number>> = { scp: 5120, iam: 6144 };

/** Puts each statement into the first document that has room for it. */
export function packDocuments(
  statements: readonly RenderedStatement[],
  form: ExportForm,
): readonly ExportedDocument[] {
  const packs: RenderedStatement[][] = [];
  for (const statement of statements) {
    const roomy = packs.find((pack) => fitsDocument([...pack, statement], form));
    if (roomy === undefined) packs.push([statement]);
    else roomy.push(statement);
  }
  return packs.map((pack, index) => ({
    name: `lambda-vpc-guardrail-${form}-${index + 1}`,
    json: write(pack, form),
  }));
}

/** Tells whether one document can hold statements. */
export function fitsDocument(statements: readonly RenderedStatement[], form: ExportForm): boolean {
  return measure(JSON.stringify(toDocument(statements)), form) <= LONGEST_DOCUMENT[form];
}

/** Indented where there is room for it. */
function write(statements: readonly RenderedStatement[], form: ExportForm): string {
  const indented = JSON.stringify(toDocument(statements), null, 2);
  if (measure(indented, form) <= LONGEST_DOCUMENT[form]) return indented;
  return JSON.stringify(toDocument(statements));
}

function toDocument(statements: readonly RenderedStatement[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function measure(json: string, form: ExportForm): number {
  return form === 'iam' ? json.replaceAll(/\s/g, '').length : json.length;
}

/** The condition operators that are judged, in IAM's spelling, without prefix and suffix. */
export const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
  'Bool',
  'Null',
] as const;

/** One of {@link OPERATORS}. */
export type Operator = (typeof OPERATORS)[number];

/** One operator on one key: true when it matches as its prefix and suffix say. */
export interface Condition {
  readonly operator: Operator;
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** Lower case: IAM's key names are case-insensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

/** One statement; all of its conditions have to match. */
export interface Statement {
  /** The Sid, or `#2` for the second statement where it has none. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  /**
   * Only in documents of a resource: ARNs, `*`, or the kind before the name, such as
   * `service:events.amazonaws.com`; `isNot` for NotPrincipal.
   */
  readonly principal?: { readonly isNot: boolean; readonly patterns: readonly string[] };
  /** Patterns such as `lambda:Create*`; `isNot` for NotAction. */
  readonly action: { readonly isNot: boolean; readonly patterns: readonly string[] };
  /** Patterns of ARNs; `isNot` for NotResource. */
  readonly resource: { readonly isNot: boolean; readonly patterns: readonly string[] };
  readonly conditions: readonly Condition[];
}

/** One IAM document, normalised. */
export interface AccessDocument {
  /** The file's path as the policy names it, or the name of the attached policy. */
  readonly name: string;
  readonly statements: readonly Statement[];
  /** How many statements were left out because they are about other calls; absent for none. */
  readonly unrelated?: number;
}

/** How many statements documents have, and how many of them are about other calls. */
export function countStatements(documents: readonly AccessDocument[]): {
  readonly all: number;
  readonly unrelated: number;
} {
  let related = 0;
  let unrelated = 0;
  for (const document of documents) {
    related += document.statements.length;
    unrelated += document.unrelated ?? 0;
  }
  return { all: related + unrelated, unrelated };
}

import type { JsonRecord } from '../../../functions/core/json-value.ts';
import type { LintedAccess } from './linted-access.ts';

/** Where a statement is: its document, and its Sid or `#2` for the second one where it has none. */
export interface StatementName {
  readonly document: string;
  readonly statement: string;
}

/** What to write instead. */
export interface Correction {
  /** The statements that go; none where something is only missing. */
  readonly replaces: readonly StatementName[];
  /** The statements that come; none where something is only to go. */
  readonly statements: readonly JsonRecord[];
}

/** One mistake of a policy that compiles. */
export interface LintFinding {
  /** The id of the rule that found it. */
  readonly rule: string;
  readonly document: string;
  /** Absent where the whole document is meant. */
  readonly statement?: string;
  /** From 1, as is `column`; absent where nobody knows. */
  readonly line?: number;
  readonly column?: number;
  /** What is wrong, in one plain sentence. */
  readonly message: string;
  /** Absent where the rule knows none. */
  readonly correction?: Correction;
}

/** One mistake that can be made, and how it is found in access documents. */
export interface LintRule {
  readonly id: string;
  /** The mistake, for the list of rules. */
  readonly title: string;
  readonly find: (access: LintedAccess) => readonly LintFinding[];
}

import type { Condition, Statement } from '../../../functions/core/iam/document.ts';

/** The patterns of `Resource`, or of `NotResource` where `isNot`. */
export type Resource = Statement['resource'];

/** The statement that a denial comes from. */
export interface Origin {
  readonly document: string;
  readonly statement: string;
}

/** What the export does not say, and why. */
export interface LeftOut extends Origin {
  readonly why: string;
}

/** A Deny statement to be: it denies where its resource and all of its conditions match. */
export interface Draft {
  readonly name: string;
  readonly actions: readonly string[];
  readonly resource: Resource;
  readonly conditions: readonly Condition[];
  readonly origins: readonly Origin[];
}

/** What came of an attempt to say something within one statement. */
export type Outcome<T> =
  | { readonly kind: 'made'; readonly value: T }
  /** It would never match. */
  | { readonly kind: 'impossible' }
  | { readonly kind: 'inexpressible'; readonly why: string };

/** The resource of a statement that is about everything. */
export const EVERYTHING: Resource = { isNot: false, patterns: ['*'] };

/** Says of all the statements that something comes from why it is left out. */
export function leaveOut(origins: readonly Origin[], why: string): readonly LeftOut[] {
  return origins.map(({ document, statement }) => ({ document, statement, why }));
}

/** Keeps the first of equal values. */
export function distinct<T>(values: readonly T[]): readonly T[] {
  const byText = new Map<string, T>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (!byText.has(text)) byText.set(text, value);
  }
  return [...byText.values()];
}

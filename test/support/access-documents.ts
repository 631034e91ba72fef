import type { AccessDocument } from '../../functions/core/iam/document.ts';
import { parseAccessDocument } from '../../functions/core/iam/parse-document.ts';

/** Parses documents that have to be good, named `one.json`, `two.json` and so on. */
export function documentsOf(...values: readonly unknown[]): readonly AccessDocument[] {
  const names = ['one.json', 'two.json', 'three.json'];
  return values.map((value, index) => documentOf(value, names[index]));
}

/** Parses one document that has to be good. */
export function documentOf(
  value: unknown,
  name = 'one.json',
  options: { readonly allowPrincipal?: boolean } = {},
): AccessDocument {
  const parsed = parseAccessDocument(name, value, options);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.document;
}

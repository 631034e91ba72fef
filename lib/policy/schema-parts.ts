import { z } from 'zod';

/** A setting that is switched on or off. */
export const trueOrFalse = z.boolean({ error: 'expected true or false' });

/** One of some words; the reason says why there are no others. */
export function oneOf<const Names extends readonly string[]>(
  names: Names,
  reason?: string,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  const expected =
    names.length === 1 ? `expected ${names[0]}` : `expected one of ${names.join(', ')}`;
  return z.enum(names, { error: reason === undefined ? expected : `${expected}: ${reason}` });
}

/** A text of one line. */
export function oneLine(what: string, longest: number): z.ZodString {
  return matching(/^\S.*$/, () => `expected ${what}, in one line`).max(longest, {
    error: `expected at most ${longest} characters`,
  });
}

/** A text that matches a pattern; another one is told what was expected in its place. */
export function matching(pattern: RegExp, expected: (input: unknown) => string): z.ZodString {
  const error = ({ input }: { readonly input?: unknown }) => expected(input);
  return z.string({ error }).regex(pattern);
}

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number): z.ZodInt {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
}

/** A number within bounds, both included. */
export function numberFrom(least: number, most: number): z.ZodNumber {
  const error = `expected a number from ${least} to ${most}`;
  return z.number({ error }).min(least, error).max(most, error);
}

/** A list that holds each of its items once. */
export function listOf<Item extends z.ZodType>(item: Item, expected: string, least = 0) {
  const error = `expected ${expected}`;
  return z
    .array(item, { error })
    .min(least, error)
    .superRefine(reportRepeated, { when: ({ value }) => Array.isArray(value) })
    .meta({ uniqueItems: true });
}

/** Also where other items are wrong. */
function reportRepeated(
  items: readonly unknown[],
  { addIssue }: Pick<z.core.$RefinementCtx, 'addIssue'>,
): void {
  items.forEach((input, index) => {
    if (items.indexOf(input) === index) return;
    addIssue({ code: 'custom', path: [index], input, message: 'expected each once' });
  });
}

/** A mapping that has no other keys. */
export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape, expected: string) {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `unknown key, expected one of ${Object.keys(shape).join(', ')}`
        : `expected ${expected}`,
  });
}

const LONGEST = 100;

/** Quotes input in a message: one line, at most 100 characters of it, in backticks. */
export function quote(input: unknown): string {
  if (input === undefined) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  return `\`${bounded(String(input))}\``;
}

/** Quotes input where no text is expected: a text such as `true` reads like what is, so its kind is told. */
export function quoteKind(input: unknown): string {
  return typeof input === 'string' ? `the text ${quote(input)}` : quote(input);
}

/** Makes one printable line of a text, cut where it is too long. */
export function bounded(text: string, longest = LONGEST): string {
  const line = text.slice(0, longest + 1).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}`]/gu, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

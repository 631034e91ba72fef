/** Tells whether a text matches the pattern that it was made from. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles a pattern in which `*` stands for any text and `?` for one character.
 *
 * No regular expression: hostile patterns cost at most pattern length times text length.
 */
export function compileWildcard(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  if (pattern.includes('?')) return (text) => matchesFrom(pattern, text);
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  if (rest.length === 0 && last === '') return compilePrefix(first);
  const shortest = first.length + last.length;
  const holdsEnds: Matcher = (text) =>
    text.length >= shortest && text.startsWith(first) && text.endsWith(last);
  if (rest.length === 0) return holdsEnds;
  return (text) =>
    holdsEnds(text) && holdsInOrder(text.slice(first.length, text.length - last.length), rest);
}

/** Compiles patterns of which one has to match. */
export function compileWildcards(patterns: readonly string[]): Matcher {
  const exact = new Set(patterns.filter((pattern) => !/[*?]/.test(pattern)));
  const others = patterns.filter((pattern) => /[*?]/.test(pattern)).map(compileWildcard);
  if (others.length === 0) return (text) => exact.has(text);
  return (text) => {
    if (exact.size > 0 && exact.has(text)) return true;
    for (const matches of others) if (matches(text)) return true;
    return false;
  };
}

/** Tells whether a text matches one of the patterns. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return compileWildcards(patterns)(text);
}

/** The last character is looked at first: ids and ARNs begin alike. */
function compilePrefix(prefix: string): Matcher {
  const at = prefix.length - 1;
  const code = prefix.charCodeAt(at);
  return (text) => text.charCodeAt(at) === code && text.startsWith(prefix);
}

/** The leftmost place is always good enough for a part between two `*`. */
function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

/** Greedy, going back to the last `*` only: an earlier one never has to take more. */
function matchesFrom(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      afterStar = position;
    } else if (pattern[at] === '?' || pattern[at] === text[position]) {
      at++;
      position++;
    } else if (star === -1) {
      return false;
    } else {
      at = star + 1;
      position = ++afterStar;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

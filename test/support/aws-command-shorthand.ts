/** What the AWS CLI's shorthand can say. */
export type Shorthand = string | readonly Shorthand[] | { readonly [key: string]: Shorthand };

const KEY = /^([\w.:-]+)=/;

/** Reads `A=b,c,D=[e,f],G={H=i}`: a value goes on over commas until the next key. */
export function parseShorthand(text: string): { readonly [key: string]: Shorthand } {
  const values = new Map<string, readonly Shorthand[]>();
  let key: string | undefined;
  for (const part of splitAtCommas(text)) {
    const [matched = '', named] = KEY.exec(part) ?? [];
    key = named ?? key;
    if (key === undefined) throw new Error(`no key in \`${text}\``);
    values.set(key, [...(values.get(key) ?? []), parseValue(part.slice(matched.length))]);
  }
  return Object.fromEntries(
    [...values].map(([name, [first = '', ...more]]) => [
      name,
      more.length === 0 ? first : [first, ...more],
    ]),
  );
}

function parseValue(text: string): Shorthand {
  const inner = text.slice(1, -1);
  if (text.startsWith('[') && text.endsWith(']')) {
    return inner === '' ? [] : splitAtCommas(inner).map(parseValue);
  }
  return text.startsWith('{') && text.endsWith('}') ? parseShorthand(inner) : text;
}

/** At the commas that are inside no brackets. */
function splitAtCommas(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of text) {
    if ('[{'.includes(char)) depth += 1;
    if (']}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${char}`);
  }
  return parts;
}

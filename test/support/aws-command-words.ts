/** The words of one line of shell, and the file that it writes to. */
export interface Words {
  /** `NAME=value` in front of a command. */
  readonly assigned: ReadonlyMap<string, string>;
  readonly words: readonly string[];
  readonly into?: string;
}

const TOKEN = /\s+|(>)|((?:'[^']*'|"[^"]*"|[^\s'">])+)/y;
const PIECE = /'([^']*)'|"([^"]*)"|([^'"]+)/g;
const ASSIGNMENT = /^([A-Z_]+)=(.*)$/s;

/** Splits a line as a shell does: quotes, `$NAME`, assignments and `>`, and nothing else. */
export function splitWords(line: string, variables: ReadonlyMap<string, string>): Words {
  const assigned = new Map<string, string>();
  const words: string[] = [];
  const into: string[] = [];
  let target = words;
  for (const token of tokensOf(line)) {
    if (token === '>') {
      target = into;
      continue;
    }
    const text = expandWord(token, variables);
    const [, name, value = ''] = ASSIGNMENT.exec(text) ?? [];
    if (name !== undefined && words.length === 0) assigned.set(name, value);
    else target.push(text);
  }
  return { assigned, words, ...(into[0] === undefined ? {} : { into: into[0] }) };
}

function tokensOf(line: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const [, arrow, word] = TOKEN.exec(line) ?? cannotRead(line);
    const token = arrow ?? word;
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function cannotRead(line: string): never {
  throw new Error(`cannot read \`${line}\``);
}

function expandWord(token: string, variables: ReadonlyMap<string, string>): string {
  return token.replace(PIECE, (_, literal?: string, quoted?: string, bare?: string) => {
    if (literal !== undefined) return literal;
    return expand(quoted ?? bare ?? '', variables);
  });
}

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$([A-Z_]+)/g, (_, name: string) => {
    const value = variables.get(name);
    if (value === undefined) throw new Error(`\`$${name}\` is not set`);
    return value;
  });
}

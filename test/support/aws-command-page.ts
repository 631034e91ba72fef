/** One command of a page, and what the page says that it shows. */
export interface PageCommand {
  readonly line: string;
  readonly shows: readonly Expectation[];
}

/** A query into what was printed, or `error`, and what is found there. */
export interface Expectation {
  readonly query: string;
  readonly value: string;
}

/** What a page says about one numbered piece of a source, or about several in a row. */
export interface Statement {
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly commands: readonly PageCommand[];
}

/** Everything under one heading of the second level. */
export interface Section {
  readonly title: string;
  /** Before the first statement. */
  readonly commands: readonly PageCommand[];
  readonly statements: readonly Statement[];
}

const NUMBERS = /^(\d+)(?: to (\d+))?\./;

/** Reads a page: `## heading`, `### 2. statement` or `### 5 to 13. statements`, and blocks of `sh`. */
export function parsePage(text: string): readonly Section[] {
  return splitAt(text, '## ').map(({ title, body }) => {
    const [before = ''] = body.split(/^### /m);
    return {
      title,
      commands: commandsOf(before),
      statements: splitAt(body, '### ').map(toStatement),
    };
  });
}

function splitAt(text: string, mark: string): readonly { title: string; body: string }[] {
  const [, ...parts] = `\n${text}`.split(`\n${mark}`);
  return parts.map((part) => {
    const [title = '', ...lines] = part.split('\n');
    return { title, body: lines.join('\n') };
  });
}

function toStatement({
  title,
  body,
}: {
  readonly title: string;
  readonly body: string;
}): Statement {
  const [, first, last = first] = NUMBERS.exec(title) ?? [];
  return {
    first: Number(first),
    last: Number(last),
    text: body.replace(/^```sh\n[\s\S]*?^```$/gm, '').trim(),
    commands: commandsOf(body),
  };
}

function commandsOf(body: string): readonly PageCommand[] {
  const blocks = [...body.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, block = '']) => {
    const lines = block.replaceAll(/ *\\\n\s*/g, ' ').split('\n');
    const commands: { line: string; shows: Expectation[] }[] = [];
    for (const line of lines.filter((candidate) => candidate !== '')) {
      if (line.startsWith('# ')) commands.at(-1)?.shows.push(toExpectation(line.slice(2)));
      else commands.push({ line, shows: [] });
    }
    return commands;
  });
}

function toExpectation(text: string): Expectation {
  const at = text.indexOf(': ');
  return { query: text.slice(0, at), value: text.slice(at + 2) };
}

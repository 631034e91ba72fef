import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { type AnyClient, type Printed, runAwsCommand } from './aws-command.ts';
import { splitWords } from './aws-command-words.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs lines of a page one after the other; variables and files last. */
export type Shell = (line: string) => Promise<Printed>;

interface Kept {
  readonly endpoint: string;
  readonly variables: Map<string, string>;
  readonly clients: Map<string, AnyClient>;
  /** What was written; the disk is only read. */
  readonly files: Map<string, Uint8Array>;
}

interface Asked {
  readonly kept: Kept;
  readonly words: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
}

const PROGRAMS: Readonly<Record<string, (asked: Asked) => Promise<Printed>>> = {
  aws: runAws,
  cat: async ({ kept, words: [path = ''] }) => print(await textOf(kept, path)),
  curl: runCurl,
  echo: async ({ words }) => print(`${words.join(' ')}\n`),
  sed: runSed,
  zip: runZip,
};

/** Creates a shell that knows just what the pages need, so that no process is started for a command. */
export function createShell(endpoint: string): Shell {
  const variables = new Map([
    ['AWS_ENDPOINT_URL', endpoint],
    ['AWS_ACCESS_KEY_ID', 'local'],
  ]);
  const kept: Kept = { endpoint, variables, clients: new Map(), files: new Map() };
  const run = async (line: string): Promise<Printed> => {
    const [, name, command] = /^([A-Z_]+)=\$\((.*)\)$/s.exec(line) ?? [];
    if (name === undefined || command === undefined) return await runLine(kept, line);
    const printed = await runLine(kept, command);
    variables.set(name, printed.output.trimEnd());
    return { ...printed, output: '' };
  };
  return run;
}

async function runLine(kept: Kept, line: string): Promise<Printed> {
  const { assigned, words, into } = splitWords(line, kept.variables);
  const [program, ...rest] = words;
  if (program === undefined) {
    for (const [name, value] of assigned) kept.variables.set(name, value);
    return print('');
  }
  const run = PROGRAMS[program];
  if (run === undefined) throw new Error(`unknown program \`${program}\``);
  const variables = new Map([...kept.variables, ...assigned]);
  const printed = await run({ kept, words: rest, variables });
  if (into === undefined) return printed;
  kept.files.set(into, Buffer.from(printed.output));
  return print('');
}

async function runAws({ kept, words, variables }: Asked): Promise<Printed> {
  return await runAwsCommand(words, {
    endpoint: kept.endpoint,
    accessKeyId: variables.get('AWS_ACCESS_KEY_ID') ?? '',
    clients: kept.clients,
    readFile: (path) => bytesOf(kept, path),
    writeFile: (path, bytes) => kept.files.set(path, bytes),
  });
}

/** `curl [-sS] [-d BODY] URL`. */
async function runCurl({ words }: Asked): Promise<Printed> {
  const at = words.indexOf('-d');
  const body = at === -1 ? undefined : words[at + 1];
  const init = body === undefined ? {} : { method: 'POST', body };
  const response = await fetch(words.at(-1) ?? '', init);
  return print(await response.text());
}

/** `sed -e s/FROM/TO/ … FILE`: plain texts, each replaced wherever it stands first in a line. */
async function runSed({ kept, words }: Asked): Promise<Printed> {
  const text = await textOf(kept, words.at(-1) ?? '');
  const replaced = words.filter((word) => word.startsWith('s/')).map((word) => word.split('/'));
  return print(replaced.reduce((done, [, from = '', to = '']) => done.replaceAll(from, to), text));
}

/** `zip -q ARCHIVE FILE`. */
async function runZip({ kept, words: [, archive = '', path = ''] }: Asked): Promise<Printed> {
  kept.files.set(archive, zipSync({ [path]: await bytesOf(kept, path) }));
  return print('');
}

async function textOf(kept: Kept, path: string): Promise<string> {
  return Buffer.from(await bytesOf(kept, path)).toString('utf8');
}

async function bytesOf({ files }: Kept, path: string): Promise<Uint8Array> {
  return files.get(path) ?? (await readFile(join(ROOT, path)));
}

function print(output: string): Printed {
  return { output };
}

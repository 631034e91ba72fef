import type { Command } from 'commander';

/** What the help of a command says beside its usage, arguments and options. */
export interface HelpText {
  /** Lines to type, without the `$`; what goes on in the next line goes on in the next line here, too. */
  readonly examples: readonly string[];
  /** Each status with what it means; empty where the help does not say. */
  readonly statuses: readonly (readonly [status: string, meaning: string])[];
  /** All else, as it stands there. */
  readonly remarks: readonly string[];
}

const EXAMPLES = /^Examples?:\n/;
const STATUSES = /^exit status: /;

/** Reads what was added to the help of a command. */
export function readHelpText(command: Command): HelpText {
  const blocks = addedText(command).split(/\n{2,}/);
  const examples = blocks.filter((block) => EXAMPLES.test(block));
  const others = blocks.filter((block) => !EXAMPLES.test(block)).map(splitStatuses);
  return {
    examples: examples.flatMap((block) => readExamples(block.replace(EXAMPLES, ''))),
    statuses: others.flatMap(({ statuses }) => readStatuses(statuses)),
    remarks: others.map(({ remark }) => remark).filter((remark) => remark !== ''),
  };
}

/** What follows the help that the command makes of itself. */
function addedText(command: Command): string {
  const written: string[] = [];
  const { writeOut } = command.configureOutput();
  command.configureOutput({ writeOut: (text) => written.push(text) });
  command.outputHelp();
  command.configureOutput(writeOut === undefined ? {} : { writeOut });
  return written.slice(1).join('').trim();
}

function readExamples(block: string): readonly string[] {
  return block.split(/^ {2}\$ /m).flatMap((example) => {
    const typed = example.trimEnd().replaceAll(/\n {4}/g, '\n');
    return typed === '' ? [] : [typed];
  });
}

/** The exit statuses go on until a line that says where more is said. */
function splitStatuses(block: string): { readonly statuses: string; readonly remark: string } {
  if (!STATUSES.test(block)) return { statuses: '', remark: block };
  const lines = block.replace(STATUSES, '').split('\n');
  const end = lines.findIndex((line) => line.startsWith('docs/'));
  const count = end === -1 ? lines.length : end;
  return { statuses: lines.slice(0, count).join(' '), remark: lines.slice(count).join('\n') };
}

/** A number after a comma begins the next one: «0 good, 2 faulty». */
function readStatuses(text: string): HelpText['statuses'] {
  return text
    .split(/,\s+(?=\d+ )/)
    .filter((status) => status !== '')
    .map((status) => {
      const [, number = '', meaning = ''] = /^(\d+) (.*)$/.exec(status) ?? [];
      return [number, meaning] as const;
    });
}

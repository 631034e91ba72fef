import type { Argument, Command, Option } from 'commander';
import { readHelpText } from './help-text.ts';

const INTRODUCTION = `# The command line

Made from the definitions of the commands by \`npm run docs\`; \`--help\` after each of them says the same.

\`npx lambda-vpc-guardrail …\` is typed in a clone of this repository, after \`npm ci\`, or where the package is
installed that \`npm pack\` makes. Credentials come from the standard
AWS chain or from \`--profile\`, the region from \`AWS_REGION\`, \`AWS_DEFAULT_REGION\` or the profile, and \`AWS_ENDPOINT_URL\`
counts. Results go to standard output; progress, remarks and errors go to standard error, where an error is one line.
Colors are only for terminals, and \`NO_COLOR\` does without. Without a command, or without the second word of one that has
two, the help goes to standard error, and the exit status is 2. So is it for a command or an option that there is none of:
the line says which one may have been meant.
`;

/** The page itself. */
const OWN_PAGE = 'cli.md';
const PAGE = /docs\/([\w-]+\.md)/g;

/**
 * Writes the page about all commands, made from their definitions.
 *
 * @param pages names of the other pages of docs, such as `cli-rescan.md`.
 */
export function renderReference(program: Command, pages: readonly string[]): string {
  const commands = leavesAndGroups(program);
  const list = commands
    .filter((command) => command.parent === program)
    .map(
      (command) =>
        `| [\`${command.name()}\`](#${anchorOf(command)}) | ${inCell(command.description())} |`,
    );
  return [
    INTRODUCTION,
    ...about(program, pages),
    `| command | does |\n| --- | --- |\n${list.join('\n')}\n`,
    ...commands.flatMap((command) => section(command, pages)),
  ].join('\n');
}

/** Every command with its subcommands behind it. */
function leavesAndGroups(parent: Command): readonly Command[] {
  return parent.commands.flatMap((command) => [command, ...leavesAndGroups(command)]);
}

function section(command: Command, pages: readonly string[]): readonly string[] {
  const level = '#'.repeat(pathOf(command).length + 1);
  const isGroup = command.commands.length > 0;
  return [
    `${level} ${pathOf(command).join(' ')}\n`,
    `${command.description()}\n`,
    ...(isGroup ? [] : [`\`\`\`sh\n${usageOf(command)}\n\`\`\`\n`]),
    ...table(['argument', 'means'], command.registeredArguments.map(argumentRow)),
    ...table(['option', 'means'], command.options.map(optionRow)),
    ...about(command, pages),
  ];
}

/** Examples, remarks, exit statuses, and where more is said. */
function about(command: Command, pages: readonly string[]): readonly string[] {
  const { examples, statuses, remarks } = readHelpText(command);
  const page = `cli-${command.name()}.md`;
  const isToldOf = remarks.some((remark) => remark.includes(`docs/${page}`));
  const told = [
    ...remarks.filter((remark) => !remark.includes(`docs/${OWN_PAGE}`)),
    ...(pages.includes(page) && !isToldOf ? [`docs/${page} says more.`] : []),
  ];
  const [elsewhere = [], here = []] = [true, false].map((isLink) =>
    told.filter((remark) => remark.startsWith('docs/') === isLink),
  );
  return [
    ...(examples.length === 0 ? [] : [`\`\`\`sh\n${examples.join('\n')}\n\`\`\`\n`]),
    ...here.map((remark) => `${isIndented(remark) ? `\`\`\`\n${remark}\n\`\`\`` : remark}\n`),
    ...table(['exit status', 'means'], statuses),
    ...elsewhere.map((remark) => `${remark.replaceAll(PAGE, '[$1]($1)')}\n`),
  ];
}

/** Tells whether a remark shows a document: its lines stay as they are. */
function isIndented(remark: string): boolean {
  return /^\s/m.test(remark);
}

function usageOf(command: Command): string {
  return `npx lambda-vpc-guardrail ${pathOf(command).join(' ')} ${command.usage()}`;
}

/** The words that name a command, without the program's. */
function pathOf(command: Command): readonly string[] {
  const { parent } = command;
  return parent === null ? [] : [...pathOf(parent), command.name()];
}

function anchorOf(command: Command): string {
  return pathOf(command).join('-');
}

function argumentRow(argument: Argument): readonly [string, string] {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  const written = argument.required ? `<${name}>` : `[${name}]`;
  return [`\`${written}\``, meaningOf(argument)];
}

function optionRow(option: Option): readonly [string, string] {
  const required = option.mandatory ? '; required' : '';
  return [`\`${option.flags}\``, `${meaningOf(option)}${required}`];
}

function meaningOf(said: Argument | Option): string {
  const { description, argChoices, defaultValue, defaultValueDescription } = said;
  const choices = argChoices?.map((choice) => `\`${choice}\``).join(', ');
  const isSaid = defaultValue === undefined || typeof defaultValue === 'boolean';
  return [
    description,
    ...(choices === undefined ? [] : [`one of ${choices}`]),
    // A default may lie wherever this is installed: then it is described.
    ...(isSaid ? [] : [`default: ${defaultValueDescription ?? `\`${defaultValue}\``}`]),
  ].join('; ');
}

function table(
  [left, right]: readonly [string, string],
  rows: readonly (readonly [string, string])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(([name, meaning]) => `| ${inCell(name)} | ${inCell(meaning)} |`);
  return [`| ${left} | ${right} |\n| --- | --- |\n${lines.join('\n')}\n`];
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import {
  type Exported,
  type ExportOptions,
  exportAccess,
} from '../../policy/export/export-access.ts';
import { readPolicyOrDocument } from '../../policy/read-policy-or-document.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { writeDocuments } from './write-documents.ts';

/** What is exported, and where to. */
export interface ExportCommand extends ExportOptions {
  /** The folder to write to; absent for standard output. */
  readonly output?: string | undefined;
}

/** Writes documents with which AWS itself refuses what the policy denies. */
export function exportFile(file: string, command: ExportCommand, terminal: Terminal): ExitStatus {
  const read = readPolicyOrDocument(file, terminal);
  if (!read.ok) {
    for (const fault of read.faults) terminal.tell(fault);
    return EXIT.badInput;
  }
  const documents = read.documents.map(({ document }) => document);
  const exported = exportOrRefuse(() => exportAccess(documents, command));
  deliver(exported, command, terminal);
  for (const { document, statement, why } of exported.leftOut) {
    terminal.tell(`left out: \`${document}\` statement \`${statement}\`: ${why}`);
  }
  if (command.exceptPrincipals.length === 0) {
    terminal.tell("nobody but AWS's own service roles is carved out: see --except-principal");
  }
  const { length } = exported.documents;
  if (command.as === 'scp' && length > 1) {
    terminal.tell(
      `AWS limits how many SCPs are attached to one account, organizational unit or root: these are ${length}, beside those that are there`,
    );
  }
  terminal.tell(describe(exported, command));
  return exported.exact ? EXIT.clean : EXIT.findings;
}

function exportOrRefuse(run: () => Exported): Exported {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof GuardrailError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** One document is written as it is, any other number of them as a list. */
function deliver(
  { documents }: Exported,
  { output }: ExportCommand,
  { print, tell }: Terminal,
): void {
  if (output !== undefined) {
    const texts = documents.map(({ json }) => `${json}\n`);
    for (const line of writeDocuments(output, texts)) tell(line);
    return;
  }
  const [only, ...others] = documents;
  if (only !== undefined && others.length === 0) {
    print(`${only.json}\n`);
    return;
  }
  print(toJson(documents.map(({ json }): unknown => JSON.parse(json))));
  if (others.length > 0) {
    tell(`${documents.length} documents, in a list: --output writes each into a file`);
  }
}

function describe({ exact, documents }: Exported, { regions = [] }: ExportCommand): string {
  if (!exact) return 'exact: false: the documents do not deny all that the policy denies';
  if (documents.length === 0) {
    return 'exact: true: the policy denies nothing, so there is no document';
  }
  const elsewhere = regions.length === 0 ? '' : ' and both calls in other regions,';
  return `exact: true: the documents deny all that the policy denies,${elsewhere} and nothing else, apart from those who are carved out`;
}

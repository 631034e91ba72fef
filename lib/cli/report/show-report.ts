import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { formatReport, type ReportFormat } from './format-report.ts';
import { checkOutput, writeOutput } from './output-file.ts';
import type { Report } from './report.ts';

/** In what format a report is shown, and where. */
export interface Shown {
  readonly format: ReportFormat;
  /** The file to write to, instead of standard output, which is `-`. */
  readonly output?: string | undefined;
}

const STANDARD_OUTPUT = '-';

/** Refuses what a report cannot be shown on, before anything is done for it. */
export function checkShown(shown: Shown, terminal: Terminal): void {
  const file = fileOf(shown);
  checkOutput(file);
  if (file === undefined && shown.format === 'html' && terminal.isTTY === true) {
    throw new UsageError(
      'a page is not for a terminal: name the file to write it to, such as `--output report.html`',
    );
  }
}

/** Writes a report to its file, or prints it. */
export async function showReport(report: Report, shown: Shown, terminal: Terminal): Promise<void> {
  const file = fileOf(shown);
  const hasColors = terminal.hasColors && file === undefined;
  const text = await formatReport(report, { format: shown.format, hasColors });
  if (file === undefined) {
    terminal.print(text);
    return;
  }
  writeOutput(file, text);
  terminal.tell(`wrote \`${file}\``);
}

function fileOf({ output }: Shown): string | undefined {
  return output === STANDARD_OUTPUT ? undefined : output;
}

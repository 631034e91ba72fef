import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { REPORT_FORMATS } from './format-report.ts';

/** Adds the options that say in what format a report is written, where to, and what it fails on. */
export function withOutput(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'for people or for programs')
        .choices([...REPORT_FORMATS])
        .default('table'),
    )
    .option('--output <file>', 'write it there instead of standard output, which is `-`')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'end with 1 where something violates a control of this severity or a higher one',
      ).choices([...SEVERITIES]),
    )
    .option('--quiet', 'show no progress');
}

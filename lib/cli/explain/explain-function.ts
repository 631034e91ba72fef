import { createAccountClock } from '../account-clock.ts';
import type { AwsAccess } from '../aws-access.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { findFunctionArn } from '../find-function-arn.ts';
import { findTable, type TableOptions } from '../find-table.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { isUntold, readStory, toDocument } from './read-story.ts';
import { renderStory } from './render-story.ts';

/** How what is recorded is told. */
export interface ExplainOptions extends TableOptions, AwsAccess {
  readonly format: Format;
}

/** Tells what the guardrail knows of a function and what it decided, by its table alone; nothing is changed. */
export async function explainFunction(
  asked: string,
  { format, ...place }: ExplainOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const clock = createAccountClock(terminal.nowMs);
  const where = { ...place, clock };
  const functionArn = await findFunctionArn(asked, where);
  const tableName = await findTable(where, where);
  const story = await readStory(functionArn, tableName, where);
  if (isUntold(story)) {
    const message = `the guardrail knows no function \`${functionArn}\`: its table is \`${tableName}\``;
    throw new UsageError(message);
  }
  const { hasColors } = terminal;
  terminal.print(
    format === 'json'
      ? toJson(toDocument(story))
      : renderStory(story, { hasColors, nowMs: clock.nowMs() }),
  );
  return EXIT.clean;
}

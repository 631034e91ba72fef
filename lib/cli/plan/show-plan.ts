import { checkOutput, writeOutput } from '../report/output-file.ts';
import { type Terminal, toJson } from '../terminal.ts';
import type { PLAN_FORMATS } from './plan-options.ts';
import type { PlanReport } from './plan-report.ts';
import { renderPlan } from './render-plan.ts';
import { renderPlanMarkdown } from './render-plan-markdown.ts';

/** One of {@link PLAN_FORMATS}. */
type PlanFormat = (typeof PLAN_FORMATS)[number];

/** In what format a plan is shown, and where. */
export interface PlanOutput {
  readonly format: PlanFormat;
  /** The file to write to, instead of standard output, which is `-`. */
  readonly output?: string | undefined;
}

/** Refuses a file that cannot be written, before anything is read. */
export function checkPlanOutput(output: PlanOutput): void {
  checkOutput(fileOf(output));
}

/** Writes a plan to its file, or prints it. */
export function showPlan(plan: PlanReport, output: PlanOutput, terminal: Terminal): void {
  const file = fileOf(output);
  const text = format(plan, output.format, terminal.hasColors && file === undefined);
  if (file === undefined) {
    terminal.print(text);
    return;
  }
  writeOutput(file, text);
  terminal.tell(`wrote \`${file}\``);
}

function format(plan: PlanReport, as: PlanFormat, hasColors: boolean): string {
  switch (as) {
    case 'table':
      return renderPlan(plan, { hasColors });
    case 'json':
      return toJson(plan);
    case 'markdown':
      return renderPlanMarkdown(plan);
  }
}

function fileOf({ output }: PlanOutput): string | undefined {
  return output === '-' ? undefined : output;
}

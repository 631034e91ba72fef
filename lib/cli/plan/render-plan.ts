import { createColors } from 'picocolors';
import { printable } from '../printable.ts';
import { drawTable } from '../report/draw-table.ts';
import type { PlanReport } from './plan-report.ts';
import { tablesOf } from './plan-tables.ts';
import { actsOf, breakerOf, changesOf, remarksOf, titleOf } from './plan-words.ts';

/** Shows a plan to people in a terminal. */
export function renderPlan(
  plan: PlanReport,
  { hasColors }: { readonly hasColors: boolean },
): string {
  const colors = createColors(hasColors);
  const { breaker } = plan;
  const forecast = breakerOf(plan);
  const lines = [
    printable(titleOf(plan)),
    changesOf(plan),
    actsOf(plan),
    breaker.trips ? colors.red(forecast) : forecast,
    ...remarksOf(plan).map((remark) => colors.yellow(printable(remark))),
  ];
  const tables = tablesOf(plan).map(({ title, columns, rows }) => {
    return `\n${colors.bold(printable(title))}\n${drawTable(columns, rows)}\n`;
  });
  return [...lines.map((line) => `${line}\n`), ...tables].join('');
}

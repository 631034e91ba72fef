import { toJson } from '../terminal.ts';
import type { Report } from './report.ts';

/** How a report can be had: for people, for programs, as a page of its own, for code scanning. */
export const REPORT_FORMATS = ['table', 'json', 'html', 'sarif'] as const;

/** One of {@link REPORT_FORMATS}. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Writes a report in a format; only that format's own code is loaded. */
export async function formatReport(
  report: Report,
  { format, hasColors }: { readonly format: ReportFormat; readonly hasColors: boolean },
): Promise<string> {
  switch (format) {
    case 'table': {
      const { renderReport } = await import('./render-table.ts');
      return renderReport(report, { hasColors });
    }
    case 'json':
      return toJson(report);
    case 'html': {
      const { renderHtml } = await import('./render-html.ts');
      return renderHtml(report);
    }
    case 'sarif': {
      const { renderSarif } = await import('./render-sarif.ts');
      return renderSarif(report);
    }
  }
}

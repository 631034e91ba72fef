import { createHash } from 'node:crypto';
import { escapeHtml } from './escape-html.ts';
import { packReport } from './pack-report.ts';
import { readPageAssets } from './page-assets.ts';
import { renderWithoutScripts } from './render-without-scripts.ts';
import type { Report } from './report.ts';

/**
 * Renders a report as one HTML file that holds all it needs.
 *
 * It runs no script and applies no style but its own, and asks no server for anything, whatever others wrote into the
 * names and reasons that it shows.
 */
export async function renderHtml(report: Report): Promise<string> {
  const { script, style } = await readPageAssets();
  // A browser reads on in a script element until it meets `</script`, be it within a JSON string.
  const data = JSON.stringify(packReport(report)).replaceAll('<', '\\u003c');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(titleOf(report))}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div id="page"></div>
<noscript>
${renderWithoutScripts(report)}
</noscript>
<script type="application/json" id="report">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

function titleOf({ scan, reportId }: Report): string {
  const subject =
    scan === undefined
      ? reportId
      : `${scan.account} in ${scan.region}, ${scan.observedAt.slice(0, 10)}`;
  return `${subject} · Lambda VPC Guardrail`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

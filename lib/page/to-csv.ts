import type { ListedFinding } from './model.ts';
import { actorWords, placeWords } from './words.ts';

const COLUMNS: readonly (readonly [string, (finding: ListedFinding) => string | undefined])[] = [
  ['severity', ({ severity }) => severity],
  ['control', ({ controlId }) => controlId],
  ['verdict', ({ verdict }) => verdict],
  ['function', ({ functionArn }) => functionArn],
  ['owner', ({ owner }) => owner],
  ['reason', ({ reason }) => reason],
  ['statement', ({ statement }) => statement],
  ['attachment', ({ attachment }) => placeWords(attachment)],
  ['baseline', ({ baseline }) => baseline && placeWords(baseline)],
  ['actor', ({ actor }) => actor && actorWords(actor)],
  ['exempt until', ({ exemption }) => exemption?.expires],
  ['exemption owner', ({ exemption }) => exemption?.owner],
  ['remediation', ({ remediation }) => remediation],
  ['observed at', ({ observedAt }) => observedAt],
  ['id', ({ id }) => id],
];

/** Writes findings as a table that spreadsheets open. */
export function toCsv(findings: readonly ListedFinding[]): string {
  const head = COLUMNS.map(([name]) => name);
  const rows = findings.map((finding) => COLUMNS.map(([, read]) => read(finding) ?? ''));
  return [head, ...rows].map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins with one of these for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

function toCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

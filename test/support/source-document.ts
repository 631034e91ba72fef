/** One heading of a Markdown document, by its anchor, and the pieces of text and code under it. */
export interface SourceHeading {
  readonly anchor: string;
  readonly pieces: readonly string[];
}

const HEADING = /^#+ .*<a name="([^"]+)">/m;
/** What begins in the middle of a paragraph: list items, and notes below one. */
const BEGINNING = /^(?=(?:[+*-]|\d+\.) |\*\*(?:Note|Tip)\*\*)/m;

/** Reads a document: every paragraph, list item, note and block of code is one piece. */
export function parseSource(text: string): readonly SourceHeading[] {
  const [, ...parts] = text.split(HEADING);
  return parts.flatMap((anchor, at) =>
    at % 2 === 0 ? [{ anchor, pieces: piecesOf(parts[at + 1] ?? '') }] : [],
  );
}

/** The rest of the heading's own line comes first, and is none. */
function piecesOf(body: string): readonly string[] {
  return body
    .slice(body.indexOf('\n'))
    .split(/^(```[\s\S]*?^```)$/m)
    .flatMap((part) => (part.startsWith('```') ? [part] : part.split(/\n\s*\n/).flatMap(toPieces)));
}

function toPieces(paragraph: string): readonly string[] {
  return paragraph.split(BEGINNING).filter((piece) => piece.trim() !== '');
}

/** The runs of so many words that two texts have in common, whatever stands between the words. */
export function findSharedRuns(text: string, source: string, length: number): readonly string[] {
  const known = new Set(runsOf(source, length));
  return runsOf(text, length).filter((run) => known.has(run));
}

function runsOf(text: string, length: number): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\d']+/gu) ?? [];
  const starts = words.slice(0, Math.max(0, words.length - length + 1));
  return starts.map((_, at) => words.slice(at, at + length).join(' '));
}

/** A Markdown text without its blocks of code. */
export function proseOf(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```$/gm, '\n');
}

/** Makes what names the line and column of a place in a text, both from 1. */
export function createPositions(text: string): (offset: number) => string {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  return (offset) => {
    const line = lineStarts.findLastIndex((start) => start <= offset);
    return `${line + 1}:${offset - (lineStarts[line] ?? 0) + 1}`;
  };
}

/** How many letters have to be added, left out or exchanged to make one text of another. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const letter of from) {
    let [diagonal = 0] = row;
    let left = diagonal + 1;
    const next = [left];
    for (const [index, other] of [...to].entries()) {
      const above = row[index + 1] ?? 0;
      left = Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1));
      next.push(left);
      diagonal = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Lists the first few of many in one line, and says how many more there are. */
export function nameSome(names: readonly string[], most: number, separator = ', '): string {
  const rest = names.length - most;
  const shown = names.slice(0, most).join(separator);
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

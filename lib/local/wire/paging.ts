/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Absent on the last page. */
  readonly nextToken?: string;
}

/** Cuts one page out of a list; undefined where the token is none that this account gave. */
export function cutPage<Item>(
  items: readonly Item[],
  { limit, token }: { readonly limit: number; readonly token: string | undefined },
): Page<Item> | undefined {
  const start = token === undefined ? 0 : readToken(token);
  if (start === undefined) return undefined;
  const end = start + limit;
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextToken: Buffer.from(`page:${end}`).toString('base64') } : {}),
  };
}

function readToken(token: string): number | undefined {
  const [, start] = /^page:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  return start === undefined ? undefined : Number(start);
}

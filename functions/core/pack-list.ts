/** Writes a list as compressed JSON, in as many pieces as it takes to keep each below so many bytes. */
export async function packList(
  list: readonly unknown[],
  maxBytes: number,
): Promise<readonly Uint8Array[]> {
  const json = new TextEncoder().encode(JSON.stringify(list));
  const bytes = await pipe(json, new CompressionStream('gzip'));
  // What cannot be cut is left to who stores it.
  if (bytes.length <= maxBytes || list.length <= 1) return [bytes];
  const middle = Math.ceil(list.length / 2);
  const halves = [list.slice(0, middle), list.slice(middle)];
  const packed: Uint8Array[] = [];
  for (const half of halves) packed.push(...(await packList(half, maxBytes)));
  return packed;
}

/** Reads one piece of a list; throws where it is none. */
export async function unpackList(bytes: Uint8Array | undefined): Promise<readonly unknown[]> {
  const json = await pipe(bytes ?? new Uint8Array(), new DecompressionStream('gzip'));
  return JSON.parse(new TextDecoder().decode(json)) as readonly unknown[];
}

async function pipe(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream);
  const chunks: Uint8Array[] = [];
  for await (const chunk of piped) chunks.push(chunk);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

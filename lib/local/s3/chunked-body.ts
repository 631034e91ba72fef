import { AwsFault } from '../wire/aws-fault.ts';

/** Unwraps a body that was signed chunk by chunk: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n`, until size 0. */
export function readChunkedBody(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let from = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', from);
    const size = lineEnd === -1 ? Number.NaN : parseSize(body.toString('latin1', from, lineEnd));
    const next = lineEnd + 2 + size;
    if (!(next <= body.length)) throw incomplete();
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(lineEnd + 2, next));
    from = next + 2;
  }
}

function parseSize(line: string): number {
  const [, digits] = /^([0-9a-f]{1,12})(;.*)?$/i.exec(line) ?? [];
  return Number.parseInt(digits ?? '', 16);
}

function incomplete(): AwsFault {
  return new AwsFault(
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    { code: 'IncompleteBody', status: 400 },
  );
}

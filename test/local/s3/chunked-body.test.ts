import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChunkedBody } from '../../../lib/local/s3/chunked-body.ts';
import { AwsFault } from '../../../lib/local/wire/aws-fault.ts';

function wrap(chunks: readonly Uint8Array[]): Buffer {
  const parts = [...chunks, new Uint8Array()].map((chunk) =>
    Buffer.concat([
      Buffer.from(`${chunk.length.toString(16)};chunk-signature=abc\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
  );
  return Buffer.concat(parts);
}

describe('readChunkedBody', () => {
  it('unwraps whatever was wrapped', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (chunks) => {
        expect(readChunkedBody(wrap(chunks))).toEqual(Buffer.concat(chunks));
      }),
    );
  });

  it('passes over a trailing checksum', () => {
    const body = Buffer.from('2\r\nhi\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n');
    expect(readChunkedBody(body).toString()).toBe('hi');
  });

  it('never throws anything but a fault of S3', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          readChunkedBody(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(AwsFault);
        }
      }),
    );
  });
});

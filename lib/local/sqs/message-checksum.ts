import { createHash } from 'node:crypto';
import type { ReceivedMessage } from './queues.ts';

type Attributes = NonNullable<ReceivedMessage['messageAttributes']>;

/** MD5 of a body, as SDKs check it. */
export function checksumOf(body: string): string {
  return createHash('md5').update(body, 'utf8').digest('hex');
}

/**
 * MD5 of message attributes; undefined where there are none.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function attributesChecksumOf(attributes: Attributes): string | undefined {
  const names = Object.keys(attributes).sort((one, other) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other)),
  );
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { dataType = 'String', stringValue = '' } = attributes[name] ?? {};
    const isBinary = isBinaryType(dataType);
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(dataType)));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    hash.update(withLength(Buffer.from(stringValue, isBinary ? 'base64' : 'utf8')));
  }
  return hash.digest('hex');
}

/** Tells whether a type's values are bytes, which are held as base64. */
export function isBinaryType(dataType: string): boolean {
  return dataType === 'Binary' || dataType.startsWith('Binary.');
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

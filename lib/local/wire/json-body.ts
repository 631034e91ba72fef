import { JsonCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { AwsFault } from './aws-fault.ts';
import { checkShape } from './check-shape.ts';
import { findStrayList } from './stray-list.ts';

const codec = new JsonCodec({
  timestampFormat: { useTrait: true, default: 7 },
  jsonName: true,
});

/** Reads a JSON body into the shape that a schema describes. */
export async function readJson(schema: SchemaRef, body: Buffer): Promise<Record<string, unknown>> {
  if (body.length === 0) return {};
  const wanted = NormalizedSchema.of(schema);
  const read = await parseBody(wanted, body);
  checkShape(wanted, read);
  return read;
}

async function parseBody(schema: NormalizedSchema, body: Buffer): Promise<Record<string, unknown>> {
  try {
    const text = body.toString('utf8');
    if (!text.trimStart().startsWith('{')) throw new Error('expected an object');
    const list = findStrayList(schema, JSON.parse(text));
    if (list !== undefined) throw new Error(`${list} is a list`);
    return await codec.createDeserializer().read(schema, body);
  } catch (cause) {
    throw new AwsFault(`Could not parse request body into json: ${reasonOf(cause)}`, {
      cause,
      code: 'SerializationException',
      status: 400,
    });
  }
}

/** Writes an answer as a JSON body of the shape that a schema describes. */
export function writeJson(schema: SchemaRef, value: unknown): string {
  const serializer = codec.createSerializer();
  serializer.write(NormalizedSchema.of(schema), value);
  const text = serializer.flush();
  return typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'not JSON';
}

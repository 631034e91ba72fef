import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';

const DEEPEST = 3;

const TEXTS: readonly string[] = [
  '',
  ' ',
  'x',
  '*',
  '../..',
  '%',
  '{}',
  '[]',
  'null',
  '-1',
  '__proto__',
  'constructor',
  'arn:aws:lambda:us-east-1:123456789012:function:x',
  'arn:aws:iam::123456789012:role/lambda-role',
  'http://127.0.0.1/123456789012/x',
  'vpc-0a1b2c3d4e5f60001',
  'subnet-071f712345678e7c8',
  'sg-085912345678492fb',
  'lambda-role',
  '10.0.0.0/16',
  '\u0000<&>',
  'x'.repeat(300_000),
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);

/** Any value of the form that a schema describes, as JSON writes it, whatever it says. */
export function junkOf(schema: NormalizedSchema, depth = 0): fc.Arbitrary<unknown> {
  if (schema.isListSchema()) return fc.array(inner(schema, depth), { maxLength: 3 });
  if (schema.isMapSchema()) return fc.dictionary(text, inner(schema, depth), { maxKeys: 2 });
  if (schema.isStructSchema()) return junkStruct(schema, depth);
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) {
    return fc.oneof(fc.constantFrom(-1, 0, 1, 0.5, 1e9, 1e300), fc.integer());
  }
  return schema.isTimestampSchema() ? fc.constantFrom(-1, 0, 1e15) : text;
}

/** Values that no member of a schema's form has. */
export function wrongTypes(schema: NormalizedSchema): readonly unknown[] {
  if (schema.isListSchema()) return ['x', 1, { x: 1 }];
  if (schema.isMapSchema() || schema.isStructSchema()) return ['x', 1, [1]];
  if (schema.isBooleanSchema()) return ['yes', 1, []];
  if (schema.isNumericSchema()) return ['x', true, {}];
  return [1.5, true, {}, []];
}

function inner(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  return depth >= DEEPEST ? fc.constant(null) : junkOf(schema.getValueSchema(), depth + 1);
}

function junkStruct(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth >= DEEPEST) return fc.constant({});
  const members = [...schema.structIterator()].map(
    ([name, member]) => [name, junkOf(member, depth + 1)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: requiredOf(schema) });
}

/** Requests without them do not get past the first check, which empty ones show already. */
function requiredOf(schema: NormalizedSchema): string[] {
  const [kind, , , , names, , count = 0] = [...Object(schema.getSchema())] as unknown[];
  return kind === 3 && Array.isArray(names) ? names.slice(0, Number(count)).map(String) : [];
}

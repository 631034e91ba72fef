import type { NormalizedSchema } from '@smithy/core/schema';
import type { ProtocolName } from './operation.ts';

/** A query body as a tree: `Filter.1.Value.2=x` is a leaf five levels down. */
interface Node {
  readonly children: Map<string, Node>;
  text?: string;
}

/** Reads a query or EC2 body into the shape that a schema describes. */
export function readQueryBody(
  schema: NormalizedSchema,
  body: URLSearchParams,
  protocol: ProtocolName,
): Record<string, unknown> {
  const root = newNode();
  for (const [path, text] of body) plant(root, path.split('.'), text);
  const value = schema.isUnitSchema() ? {} : readStruct(schema, root, protocol);
  return value;
}

function newNode(): Node {
  return { children: new Map() };
}

function plant(root: Node, path: readonly string[], text: string): void {
  let node = root;
  for (const step of path) {
    const next = node.children.get(step) ?? newNode();
    node.children.set(step, next);
    node = next;
  }
  node.text = text;
}

function readStruct(
  schema: NormalizedSchema,
  node: Node,
  protocol: ProtocolName,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(wireName(name, member, protocol));
    if (child !== undefined) value[name] = readValue(member, child, protocol);
  }
  return value;
}

function wireName(name: string, member: NormalizedSchema, protocol: ProtocolName): string {
  const traits = member.getMergedTraits();
  if (protocol !== 'ec2') return traits.xmlName ?? name;
  const ec2Name: unknown = traits['ec2QueryName'];
  if (typeof ec2Name === 'string') return ec2Name;
  const xmlName = traits.xmlName ?? name;
  return xmlName.charAt(0).toUpperCase() + xmlName.slice(1);
}

function readValue(schema: NormalizedSchema, node: Node, protocol: ProtocolName): unknown {
  if (schema.isListSchema()) return readList(schema, node, protocol);
  if (schema.isMapSchema()) return readMap(schema, node, protocol);
  if (schema.isStructSchema()) return readStruct(schema, node, protocol);
  const text = node.text ?? '';
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isTimestampSchema()) return new Date(text);
  return schema.isBlobSchema() ? Buffer.from(text, 'base64') : text;
}

function readList(schema: NormalizedSchema, node: Node, protocol: ProtocolName): unknown[] {
  const value = schema.getValueSchema();
  const isFlat = protocol === 'ec2' || schema.getMergedTraits().xmlFlattened;
  const items = isFlat ? node : node.children.get(value.getMergedTraits().xmlName ?? 'member');
  return ordered(items).map((item) => readValue(value, item, protocol));
}

function readMap(
  schema: NormalizedSchema,
  node: Node,
  protocol: ProtocolName,
): Record<string, unknown> {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const entries = schema.getMergedTraits().xmlFlattened ? node : node.children.get('entry');
  const map: Record<string, unknown> = {};
  for (const entry of ordered(entries)) {
    const name = entry.children.get(key.getMergedTraits().xmlName ?? 'key')?.text;
    const held = entry.children.get(value.getMergedTraits().xmlName ?? 'value');
    if (name !== undefined && held !== undefined) map[name] = readValue(value, held, protocol);
  }
  return map;
}

function ordered(node: Node | undefined): readonly Node[] {
  return [...(node?.children ?? [])]
    .filter(([step]) => /^\d+$/.test(step))
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => child);
}

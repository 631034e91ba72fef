import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { toTrailShape } from '../cloudtrail.ts';

const XML_NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** How one generation of EC2's operations is spelt in CloudTrail. */
interface Spelling {
  readonly nameOf: (name: string, member: NormalizedSchema) => string;
  readonly listOf: (items: readonly unknown[]) => unknown;
}

const ANSWER: Spelling = {
  nameOf: (name, member) => {
    const wire = xmlName(name, member);
    return wire === 'return' ? '_return' : wire;
  },
  listOf: (items) => (items.length === 0 ? {} : { items }),
};

const ITEMS_REQUEST: Spelling = {
  nameOf: (name, member) => {
    const wire = xmlName(name, member);
    return wire.charAt(0).toLowerCase() + wire.slice(1);
  },
  listOf: ANSWER.listOf,
};

const WRAPPED_REQUEST: Spelling = {
  nameOf: (name, member) => {
    const wire = xmlName(name, member);
    return wire.charAt(0).toUpperCase() + wire.slice(1);
  },
  listOf: (items) =>
    oneOrMany(
      items.map((item, index) =>
        typeof item === 'object' ? { tag: index + 1, ...item } : { tag: index + 1, content: item },
      ),
    ),
};

const WRAPPED_ANSWER: Spelling = {
  nameOf: xmlName,
  listOf: (items) => (items.length === 0 ? '' : { item: oneOrMany(items) }),
};

/** How CloudTrail writes the request of a call to one of EC2's older operations. */
export function toRequestParameters(input: object): unknown {
  const { TagSpecifications: tags, ...others } = input as Record<string, unknown>;
  return {
    ...(toTrailShape(others) as object),
    ...(tags === undefined ? {} : { tagSpecificationSet: { items: toTrailShape(tags) } }),
  };
}

/** How CloudTrail writes the request of a call with structured lists: in the names of the wire. */
export function toItemsRequest(schema: StaticOperationSchema, input: unknown): unknown {
  return spell(NormalizedSchema.of(schema[4]), input, ITEMS_REQUEST);
}

/** How CloudTrail writes the answer of one of EC2's older operations; one without an answer returned true. */
export function toResponseElements(schema: StaticOperationSchema, output: unknown): unknown {
  const answer = NormalizedSchema.of(schema[5]);
  return answer.isUnitSchema() ? { _return: true } : spell(answer, output, ANSWER);
}

/** How CloudTrail writes the request of one of EC2's newer operations: wrapped, in the names of the wire. */
export function toWrappedRequest(schema: StaticOperationSchema, input: unknown): unknown {
  const shape = spell(NormalizedSchema.of(schema[4]), input, WRAPPED_REQUEST);
  return { [`${schema[2]}Request`]: shape };
}

/** How CloudTrail writes the answer of one of EC2's newer operations. */
export function toWrappedResponse(schema: StaticOperationSchema, output: unknown): unknown {
  const shape = spell(NormalizedSchema.of(schema[5]), output, WRAPPED_ANSWER);
  return { [`${schema[2]}Response`]: { xmlns: XML_NAMESPACE, ...(shape as object) } };
}

function spell(schema: NormalizedSchema, value: unknown, spelling: Spelling): unknown {
  if (value instanceof Date) return value.toISOString();
  if (schema.isListSchema()) {
    const items = value as readonly unknown[];
    return spelling.listOf(items.map((item) => spell(schema.getValueSchema(), item, spelling)));
  }
  if (!schema.isStructSchema()) return value;
  const held = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    [...schema.structIterator()]
      .filter(([name]) => held[name] !== undefined)
      .map(([name, member]) => [
        spelling.nameOf(name, member),
        spell(member, held[name], spelling),
      ]),
  );
}

function xmlName(name: string, member: NormalizedSchema): string {
  return member.getMergedTraits().xmlName ?? name;
}

function oneOrMany(items: readonly unknown[]): unknown {
  return items.length === 1 ? items[0] : items;
}

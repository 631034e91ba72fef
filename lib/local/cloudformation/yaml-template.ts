import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { validationError } from './validation-error.ts';

/** Functions whose short form is their name without `Fn::`. */
const SHORT_FORMS: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
]);

/** Tags that YAML itself has and that CloudFormation leaves alone. */
const PLAIN_TAGS = /^tag:yaml\.org,2002:(?:bool|float|int|map|null|seq|str)$/;

/** What CloudFormation takes over of YAML 1.1: neither dates nor sets, and no merging of maps. */
const UNREAD = /:(?:binary|merge|omap|pairs|set|timestamp)$/;

type Place = (offset: number) => string;

/** Reads a template in YAML; short forms such as `!Ref` become the functions that they stand for. */
export function readYamlTemplate(body: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(body, {
    version: '1.1',
    lineCounter: lines,
    prettyErrors: false,
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !UNREAD.test(tag.tag)),
  });
  const place: Place = (offset) => {
    const { line, col } = lines.linePos(offset);
    return `(line ${line}, column ${col})`;
  };
  const [error] = document.errors;
  if (error !== undefined) throw broken(place(error.pos[0]), describe(error));
  return toRoot(document, place);
}

function toRoot({ contents }: Document, place: Place): unknown {
  return contents === null ? undefined : toValue(contents, place);
}

function toValue(node: unknown, place: Place): unknown {
  if (isAlias(node)) {
    throw validationError(
      `Template error: YAML aliases are not allowed in CloudFormation templates ${placeOf(node, place)}`,
    );
  }
  if (isMap(node)) return withTag(node, toObject(node.items, place), place);
  if (isSeq(node)) {
    return withTag(
      node,
      node.items.map((item) => toValue(item, place)),
      place,
    );
  }
  // A key without a value is no node at all.
  return isScalar(node) ? withTag(node, node.value, place) : null;
}

function toObject(items: readonly unknown[], place: Place): unknown {
  return Object.fromEntries(
    items.filter(isPair).map(({ key, value }) => {
      if (!isScalar(key)) throw broken('', 'a key is no text');
      return [key.source ?? String(key.value), toValue(value, place)];
    }),
  );
}

/** A value that is tagged with a short form is the argument of its function. */
function withTag(node: Node, value: unknown, place: Place): unknown {
  const { tag = '' } = node;
  if (tag === '' || PLAIN_TAGS.test(tag)) return value;
  const name = tag.replace(/^!/, '');
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (SHORT_FORMS.has(name)) return { [`Fn::${name}`]: value };
  throw broken(placeOf(node, place), `unknown tag \`${tag}\``);
}

function placeOf({ range }: Node, place: Place): string {
  return place(range?.[0] ?? 0);
}

function describe({ message }: YAMLError): string {
  const [line = ''] = message.split('\n');
  return `${line.slice(0, 1).toLowerCase()}${line.slice(1)}`.slice(0, 160);
}

function broken(where: string, why: string): ReturnType<typeof validationError> {
  return validationError(`Template format error: YAML not well-formed. ${where} ${why}`);
}

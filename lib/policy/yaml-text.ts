import {
  type Document,
  isMap,
  isNode,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { quote } from '../../functions/core/quote.ts';

/** What a YAML text holds, where everything stands in it, and what is wrong with it. */
export interface YamlText {
  /** Absent where the text is too broken to be read on. */
  readonly content?: {
    readonly value: unknown;
    /** Offset of a value's key, or of the nearest thing around it. */
    readonly offsetOf: (steps: readonly (string | number)[]) => number;
  };
  readonly faults: readonly { readonly offset?: number; readonly message: string }[];
  /** Line and column, both from 1. */
  readonly positionOf: (offset: number) => string;
}

const MOST_ALIASES = 20;

/** Reads one YAML document. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positionOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (yaml.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    return { faults: [{ message: 'nested too deeply' }], positionOf };
  }
  const keys = findKeys(yaml);
  const faults = [...yaml.errors, ...yaml.warnings].map((error) => ({
    offset: error.pos[0],
    message: describeError(error, { text, keys }),
  }));
  // A repeated key hides a value, not the rest of the file.
  if (yaml.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return { faults, positionOf };
  const unknown = findUnknownAliases(yaml);
  if (unknown.length > 0) return { faults: [...faults, ...unknown], positionOf };
  const read = toValue(yaml);
  if (!read.ok) return { faults: [...faults, { message: read.fault }], positionOf };
  const offsetOf = (steps: readonly (string | number)[]) => findOffset(yaml, steps);
  return { content: { value: read.value, offsetOf }, faults, positionOf };
}

function describeError(
  { code, message, pos: [offset] }: YAMLError,
  { text, keys }: { readonly text: string; readonly keys: ReadonlyMap<number, string> },
): string {
  if (code === 'MULTIPLE_DOCS') {
    return `expected one YAML document, found ${parseAllDocuments(text).length}`;
  }
  if (code === 'DUPLICATE_KEY') return `key ${quote(keys.get(offset))} is there twice`;
  return toOneLine(message);
}

function findKeys(yaml: Document): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  visit(yaml, {
    Pair: (_index, { key }) => {
      if (isNode(key)) keys.set(startOf(key), String(key));
    },
  });
  return keys;
}

/** An alias is of an anchor that stands before it. */
function findUnknownAliases(yaml: Document): YamlText['faults'] {
  const anchors = new Set<string | undefined>();
  const faults: YamlText['faults'][number][] = [];
  visit(yaml, {
    Value: (_index, { anchor }) => {
      anchors.add(anchor);
    },
    Alias: (_index, alias) => {
      if (anchors.has(alias.source)) return;
      const message = `expected the anchor ${quote(`&${alias.source}`)} before its alias, found none`;
      faults.push({ offset: startOf(alias), message });
    },
  });
  return faults;
}

/** Aliases can grow a small file without bound: the reader stops there. */
function toValue(yaml: Document): { ok: true; value: unknown } | { ok: false; fault: string } {
  try {
    return { ok: true, value: yaml.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    const fault = toOneLine(String(error));
    const isBomb = fault.startsWith('excessive alias count');
    return { ok: false, fault: isBomb ? 'its aliases make it too large: write them out' : fault };
  }
}

/** Of a key that is there twice the last one counts. */
function findOffset(yaml: Document, steps: readonly (string | number)[]): number {
  const parent = yaml.getIn(steps.slice(0, -1));
  const last = steps.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.findLast(({ key }) => String(key) === String(last));
    if (isNode(pair?.key)) return startOf(pair.key);
  }
  const node = yaml.getIn(steps, true);
  if (isNode(node)) return startOf(node);
  return steps.length === 0 ? 0 : findOffset(yaml, steps.slice(0, -1));
}

/** Whatever is parsed has a range. */
function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

function toOneLine(message: string): string {
  const line = message.replace(/^\w*Error: /, '').replace(/\n.*/s, '');
  return `${line.slice(0, 1).toLowerCase()}${line.slice(1)}`;
}

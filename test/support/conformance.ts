import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NormalizedSchema } from '@smithy/core/schema';
import type { Service } from '../../lib/local/wire/operation.ts';

/** What no call of a suite shows, and why: `Operation.path` or `Operation!Error`, each with `*` for any text. */
export interface Unshown {
  readonly reason: string;
  readonly what: readonly string[];
}

/** Watches what clients of one service are answered. */
export interface Conformance {
  /** Has everything that the client is answered noted; gives the client back. */
  readonly observe: <Client extends Observable>(client: Client) => Client;
  /** The output fields and errors that the SDK documents for an operation and nobody was answered yet. */
  readonly unseen: (operationName: string) => readonly string[];
}

interface Observable {
  readonly middlewareStack: {
    add(middleware: never, options: { step: 'initialize'; name: string }): void;
  };
}

type Next = (args: unknown) => Promise<{ output: unknown }>;

/** Creates the watch over one service; `sdkPackage` is where its documented errors are read. */
export function createConformance(service: Service, sdkPackage: string): Conformance {
  const seen = new Set<string>();
  const middleware = (next: Next, { commandName }: { commandName: string }) => {
    const name = commandName.replace(/Command$/, '');
    const schema = outputOf(service, name);
    return async (args: unknown) => {
      seen.add(name);
      const answer = await next(args).catch((error: Error) => {
        seen.add(`${name}!${error.name}`);
        throw error;
      });
      notePaths(answer.output, { schema, path: name }, seen);
      return answer;
    };
  };
  return {
    observe: (client) => {
      client.middlewareStack.add(middleware as never, { step: 'initialize', name: 'observe' });
      return client;
    },
    unseen: (name) => documented(service, name, sdkPackage).filter((path) => !seen.has(path)),
  };
}

/** Splits what is unseen into what is explained and what is not, and finds explanations of what is seen. */
export function explain(
  unseenByOperation: ReadonlyMap<string, readonly string[]>,
  unshown: readonly Unshown[],
): { readonly unexplained: readonly string[]; readonly superfluous: readonly string[] } {
  const unseen = [...unseenByOperation.values()].flat();
  const patterns = unshown.flatMap(({ what }) => what);
  const tests = patterns.map((pattern) => ({ pattern, regExp: toRegExp(pattern) }));
  return {
    unexplained: unseen.filter((path) => !tests.some(({ regExp }) => regExp.test(path))),
    superfluous: tests
      .filter(({ regExp }) => !unseen.some((path) => regExp.test(path)))
      .map(({ pattern }) => pattern),
  };
}

function toRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/[.!]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
}

/** `Operation`, `Operation.Field.Inner`, `Operation!Error`; members of lists and maps stand under the field itself. */
function documented(service: Service, name: string, sdkPackage: string): readonly string[] {
  return [
    name,
    ...schemaPaths(outputOf(service, name), name, []),
    ...declaredErrors(sdkPackage, name),
  ];
}

function outputOf(service: Service, name: string): NormalizedSchema {
  const operation = service.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`no operation \`${name}\``);
  return NormalizedSchema.of(operation.schema[5]);
}

function schemaPaths(schema: NormalizedSchema, path: string, above: readonly string[]): string[] {
  if (schema.isListSchema() || schema.isMapSchema()) {
    return schemaPaths(schema.getValueSchema(), path, above);
  }
  if (!schema.isStructSchema()) return [];
  const name = schema.getName(true) ?? '';
  if (above.includes(name)) return [];
  return [...schema.structIterator()].flatMap(([member, inner]) => [
    `${path}.${member}`,
    ...schemaPaths(inner, `${path}.${member}`, [...above, name]),
  ]);
}

function declaredErrors(sdkPackage: string, name: string): readonly string[] {
  const main = createRequire(import.meta.url).resolve(sdkPackage);
  const root = main.slice(0, main.indexOf(sdkPackage) + sdkPackage.length);
  const text = readFileSync(join(root, 'dist-types', 'commands', `${name}Command.d.ts`), 'utf8');
  const names = [...text.matchAll(/@throws \{@link (\w+)\} \(/g)].map(([, error]) => error);
  return names.map((error) => `${name}!${error}`);
}

/** Items of lists and values of maps are noted as the field itself. */
function notePaths(
  value: unknown,
  { schema, path }: { readonly schema: NormalizedSchema; readonly path: string },
  seen: Set<string>,
): void {
  if (value === undefined || value === null) return;
  seen.add(path);
  if (schema.isListSchema() || schema.isMapSchema()) {
    const inner = { schema: schema.getValueSchema(), path };
    for (const item of Object.values(value)) notePaths(item, inner, seen);
  } else if (schema.isStructSchema()) {
    const held = new Map<string, unknown>(Object.entries(value));
    for (const [name, member] of schema.structIterator()) {
      notePaths(held.get(name), { schema: member, path: `${path}.${name}` }, seen);
    }
  }
}

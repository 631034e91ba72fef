import { zonesOf } from '../ec2/zones.ts';
import { cidrBlocks } from './cidr-blocks.ts';
import { intrinsicOf, parseGetAtt, parseSub } from './intrinsic-syntax.ts';
import { isEqual, isObject, toText } from './json-value.ts';
import { findInMap } from './mappings.ts';
import { NO_VALUE, type Scope } from './scope.ts';
import { validationError } from './validation-error.ts';

type Resolve = (argument: unknown, scope: Scope) => unknown;

/** Resolves every function in a value; throws AWS's `ValidationError` where one cannot be. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (!isObject(value)) return value;
  const found = intrinsicOf(value);
  if (found !== undefined) return resolverOf(found.name)(found.argument, scope);
  const resolved = Object.entries(value)
    .map(([name, held]) => [name, resolveValue(held, scope)] as const)
    .filter(([, held]) => held !== NO_VALUE);
  return Object.fromEntries(resolved);
}

/** Throws AWS's `ValidationError` where there is no such function. */
export function resolverOf(name: string): Resolve {
  const resolver = RESOLVERS.get(name);
  if (resolver !== undefined) return resolver;
  throw validationError(`Template error: the local account does not support ${name}`);
}

/** Evaluates a condition: a function that answers yes or no, or `{ Condition: name }`. */
export function isTrue(value: unknown, scope: Scope): boolean {
  if (isObject(value) && typeof value['Condition'] === 'string') {
    return conditionOf(value['Condition'], scope);
  }
  const resolved = resolveValue(value, scope);
  if (typeof resolved === 'boolean') return resolved;
  throw validationError(
    `Template format error: ${JSON.stringify(value)} is no condition`.slice(0, 300),
  );
}

const RESOLVERS: ReadonlyMap<string, Resolve> = new Map<string, Resolve>([
  ['Ref', (name, scope) => resolveRef(toText(name), scope)],
  ['Fn::GetAtt', (argument, scope) => resolveGetAtt(parseGetAtt(argument), scope)],
  ['Fn::Sub', resolveSub],
  [
    'Fn::Base64',
    (argument, scope) => Buffer.from(toText(resolveValue(argument, scope))).toString('base64'),
  ],
  ['Fn::Cidr', (argument, scope) => cidrBlocks(listOf('Fn::Cidr', argument, scope))],
  [
    'Fn::FindInMap',
    (argument, scope) => findInMap(scope.mappings, listOf('Fn::FindInMap', argument, scope)),
  ],
  ['Fn::GetAZs', resolveZones],
  ['Fn::Join', resolveJoin],
  [
    'Fn::Select',
    (argument, scope) => {
      const [index, list] = argumentsOf('Fn::Select', argument, scope);
      const found: unknown = Array.isArray(list) ? list[Number(toText(index))] : undefined;
      if (found !== undefined) return found;
      throw validationError(
        `Template error: Fn::Select cannot select nonexistent value at index ${toText(index)}`,
      );
    },
  ],
  [
    'Fn::Split',
    (argument, scope) => {
      const [separator, text] = argumentsOf('Fn::Split', argument, scope);
      return toText(text).split(toText(separator));
    },
  ],
  [
    'Fn::If',
    (argument, scope) => {
      const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
      return resolveValue(conditionOf(toText(name), scope) ? whenTrue : whenFalse, scope);
    },
  ],
  [
    'Fn::Equals',
    (argument, scope) => {
      const [left, right] = argumentsOf('Fn::Equals', argument, scope);
      return isEqual(left, right);
    },
  ],
  ['Fn::Not', (argument, scope) => !conditionsIn(argument).every((one) => isTrue(one, scope))],
  ['Fn::And', (argument, scope) => conditionsIn(argument).every((one) => isTrue(one, scope))],
  ['Fn::Or', (argument, scope) => conditionsIn(argument).some((one) => isTrue(one, scope))],
  [
    'Fn::Contains',
    (argument, scope) => {
      const [list, value] = argumentsOf('Fn::Contains', argument, scope);
      return Array.isArray(list) && list.includes(value);
    },
  ],
  [
    'Fn::ImportValue',
    (argument, scope) => {
      const name = toText(resolveValue(argument, scope));
      const value = scope.exports.get(name);
      if (value !== undefined) return value;
      throw validationError(`No export named ${name} found.`);
    },
  ],
]);

function resolveRef(name: string, { values, resources }: Scope): unknown {
  if (values.has(name)) return values.get(name);
  const resource = resources.get(name);
  if (resource !== undefined) return resource.physicalId;
  throw validationError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}

function resolveGetAtt([id, attribute]: readonly [string, string], { resources }: Scope): unknown {
  const { attributes = {} } = resources.get(id) ?? {};
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (value !== undefined) return value;
  throw validationError(
    `Template error: resource ${id} does not support attribute type ${attribute} in Fn::GetAtt`,
  );
}

function resolveSub(argument: unknown, scope: Scope): string {
  const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
  const values: unknown = resolveValue(own, scope);
  if (typeof text !== 'string' || !isObject(values)) {
    throw validationError(
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  return parseSub(text)
    .map((part) => {
      if (typeof part === 'string') return part;
      if (Object.hasOwn(values, part.name)) return toText(values[part.name]);
      return toText(
        part.name.includes('.')
          ? resolveGetAtt(parseGetAtt(part.name), scope)
          : resolveRef(part.name, scope),
      );
    })
    .join('');
}

function resolveJoin(argument: unknown, scope: Scope): string {
  const [separator, parts] = argumentsOf('Fn::Join', argument, scope);
  if (typeof separator === 'string' && Array.isArray(parts))
    return parts.map(toText).join(separator);
  throw validationError(
    'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
  );
}

/** An empty region is the stack's own. */
function resolveZones(argument: unknown, scope: Scope): readonly string[] {
  const region = toText(resolveValue(argument ?? '', scope));
  const own = scope.values.get('AWS::Region');
  return zonesOf(region === '' ? toText(own) : region).map(({ ZoneName }) => ZoneName);
}

function argumentsOf(name: string, argument: unknown, scope: Scope): readonly unknown[] {
  const resolved = listOf(name, argument, scope);
  if (resolved.length === 2) return resolved;
  throw validationError(`Template error: every ${name} object requires two parameters`);
}

function listOf(name: string, argument: unknown, scope: Scope): readonly unknown[] {
  const resolved = resolveValue(argument, scope);
  if (Array.isArray(resolved)) return resolved;
  throw validationError(`Template error: every ${name} object requires a list of parameters`);
}

function conditionsIn(argument: unknown): readonly unknown[] {
  return Array.isArray(argument) ? argument : [argument];
}

function conditionOf(name: string, { conditions }: Scope): boolean {
  const value = conditions.get(name);
  if (value !== undefined) return value;
  throw validationError(`Template format error: Unresolved condition dependency ${name}`);
}

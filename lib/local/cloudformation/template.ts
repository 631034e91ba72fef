import { isDeeperThan, isObject, type JsonObject } from './json-value.ts';
import { parseOutputs, parseParameters, parseResources, parseRules } from './template-sections.ts';
import { validationError } from './validation-error.ts';

/** A template whose sections are of the right form; what they refer to is not checked yet. */
export interface Template {
  /** As it was given. */
  readonly body: string;
  readonly description?: string;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly conditions: JsonObject;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  readonly rules: readonly RuleDeclaration[];
}

/** A value that whoever creates the stack may give. */
export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: string;
  readonly description?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: RegExp;
  readonly isSecret: boolean;
}

/** A resource that the stack is to have. */
export interface ResourceDeclaration {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition?: string;
  /** Whether the resource outlives its removal from the stack. */
  readonly isRetained: boolean;
  /** Whether the old resource outlives its replacement. */
  readonly isRetainedOnReplace: boolean;
}

/** A value that the stack shows. */
export interface OutputDeclaration {
  readonly value: unknown;
  readonly description?: string;
  readonly exportName?: unknown;
  readonly condition?: string;
}

/** Assertions that parameters have to meet. */
export interface RuleDeclaration {
  readonly name: string;
  readonly when?: unknown;
  readonly assertions: readonly { readonly assert: unknown; readonly description: string }[];
}

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
];

const MAX_DEPTH = 100;

/** Parses a JSON template; throws AWS's `ValidationError` where it is none. */
export function parseTemplate(body: string): Template {
  const root = parseJson(body);
  const unknown = Object.keys(root).filter((name) => !SECTIONS.includes(name));
  if (unknown.length > 0) {
    throw validationError(
      `Invalid template property or properties [${unknown.join(', ')}]: the local account reads ${SECTIONS.join(', ')}`,
    );
  }
  const resources = parseResources(sectionOf(root, 'Resources'));
  if (resources.size === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  const { Description: description } = root;
  return {
    body,
    ...(typeof description === 'string' ? { description } : {}),
    parameters: parseParameters(sectionOf(root, 'Parameters')),
    conditions: sectionOf(root, 'Conditions'),
    resources,
    outputs: parseOutputs(sectionOf(root, 'Outputs')),
    rules: parseRules(sectionOf(root, 'Rules')),
  };
}

function parseJson(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    if (isDeeperThan(value, MAX_DEPTH)) {
      throw validationError(`Template format error: nested deeper than ${MAX_DEPTH} levels`);
    }
    if (isObject(value)) return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const reason = cause.message.replaceAll(/\s+/g, ' ').slice(0, 120);
    throw validationError(
      `Template format error: JSON not well-formed (${reason}): the local account reads templates in JSON only`,
      { cause },
    );
  }
  throw validationError('Template format error: unsupported structure.');
}

function sectionOf(root: JsonObject, name: string): JsonObject {
  const section = root[name] ?? {};
  if (isObject(section)) return section;
  throw validationError(`Template format error: [/${name}] is not an object`);
}

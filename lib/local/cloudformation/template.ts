import { isObject, type JsonObject } from './json-value.ts';
import { parseMappings } from './mappings.ts';
import { parseParameters } from './parameter-section.ts';
import { parseOutputs, parseResources, parseRules } from './template-sections.ts';
import { readTemplateText } from './template-text.ts';
import { validationError } from './validation-error.ts';

/** A template whose sections are of the right form; what they refer to is not checked yet. */
export interface Template {
  /** As it was given. */
  readonly body: string;
  /** What the body says, in whatever form it is written. */
  readonly content: JsonObject;
  readonly description?: string;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: Mappings;
  readonly conditions: JsonObject;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  readonly rules: readonly RuleDeclaration[];
}

/** The values of `Fn::FindInMap`, by map, first and second key. */
export type Mappings = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, unknown>>>;

/** A value that whoever creates the stack may give. */
export interface ParameterDeclaration {
  readonly type: string;
  readonly default?: string;
  readonly description?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: RegExp;
  /** What a value has to keep to, by AWS's name: `MinLength`, `MaxLength`, `MinValue`, `MaxValue`. */
  readonly limits: Readonly<Record<string, number>>;
  /** What to say of a value that does not keep to it. */
  readonly constraint?: string;
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
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
];

/** Parses a template in JSON or YAML; throws AWS's `ValidationError` where it is none. */
export function parseTemplate(body: string): Template {
  const root = readTemplateText(body);
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
    content: root,
    ...(typeof description === 'string' ? { description } : {}),
    parameters: parseParameters(sectionOf(root, 'Parameters')),
    mappings: parseMappings(sectionOf(root, 'Mappings')),
    conditions: sectionOf(root, 'Conditions'),
    resources,
    outputs: parseOutputs(sectionOf(root, 'Outputs')),
    rules: parseRules(sectionOf(root, 'Rules')),
  };
}

function sectionOf(root: JsonObject, name: string): JsonObject {
  const section = root[name] ?? {};
  if (isObject(section)) return section;
  throw validationError(`Template format error: [/${name}] is not an object`);
}

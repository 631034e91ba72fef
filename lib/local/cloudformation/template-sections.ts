import { isObject, type JsonObject, toText } from './json-value.ts';
import type {
  OutputDeclaration,
  ParameterDeclaration,
  ResourceDeclaration,
  RuleDeclaration,
} from './template.ts';
import { validationError } from './validation-error.ts';

/** Reads the section of resources. */
export function parseResources(section: JsonObject): ReadonlyMap<string, ResourceDeclaration> {
  return mapSection('Resources', section, parseResource);
}

function parseResource(declaration: JsonObject, place: string): ResourceDeclaration {
  refuseUnknown(place, declaration, [
    'Condition',
    'DeletionPolicy',
    'DependsOn',
    'Metadata',
    'Properties',
    'Type',
    'UpdateReplacePolicy',
  ]);
  const { Type: type, Properties: properties = {}, Condition: condition } = declaration;
  if (typeof type !== 'string') {
    throw malformed(place, 'Every Resources object must contain a Type member.');
  }
  if (!isObject(properties)) throw malformed(place, 'Properties must be an object.');
  return {
    type,
    properties,
    dependsOn: listOfTexts(declaration['DependsOn'] ?? [], `${place}/DependsOn`),
    ...(condition === undefined ? {} : { condition: textOf(condition, `${place}/Condition`) }),
    isRetained: isRetain(declaration['DeletionPolicy'], `${place}/DeletionPolicy`),
    isRetainedOnReplace: isRetain(
      declaration['UpdateReplacePolicy'],
      `${place}/UpdateReplacePolicy`,
    ),
  };
}

function isRetain(policy: unknown, place: string): boolean {
  if (policy === undefined || policy === 'Delete') return false;
  if (policy === 'Retain') return true;
  throw malformed(place, `the local account does not support ${JSON.stringify(policy)}.`);
}

/** Reads the section of parameters. */
export function parseParameters(section: JsonObject): ReadonlyMap<string, ParameterDeclaration> {
  return mapSection('Parameters', section, (declaration, place) => {
    refuseUnknown(place, declaration, [
      'AllowedPattern',
      'AllowedValues',
      'ConstraintDescription',
      'Default',
      'Description',
      'NoEcho',
      'Type',
    ]);
    const { Type: type, Default: value, AllowedPattern: pattern } = declaration;
    const { AllowedValues: allowed, Description: description } = declaration;
    return {
      type: textOf(type, `${place}/Type`),
      ...(value === undefined ? {} : { default: scalarOf(value, `${place}/Default`) }),
      ...(typeof description === 'string' ? { description } : {}),
      ...(allowed === undefined
        ? {}
        : { allowedValues: listOfTexts(allowed, `${place}/AllowedValues`) }),
      ...(pattern === undefined ? {} : { allowedPattern: patternOf(pattern, place) }),
      isSecret: toText(declaration['NoEcho']) === 'true',
    };
  });
}

function patternOf(pattern: unknown, place: string): RegExp {
  const text = textOf(pattern, `${place}/AllowedPattern`);
  try {
    return new RegExp(`^(?:${text})$`);
  } catch (cause) {
    throw validationError(`Template format error: [${place}/AllowedPattern] is no pattern`, {
      cause,
    });
  }
}

/** Reads the section of outputs. */
export function parseOutputs(section: JsonObject): ReadonlyMap<string, OutputDeclaration> {
  return mapSection('Outputs', section, (declaration, place) => {
    refuseUnknown(place, declaration, ['Condition', 'Description', 'Export', 'Value']);
    const { Value: value, Description: description, Condition: condition } = declaration;
    if (value === undefined) {
      throw malformed(place, 'Every Outputs member must contain a Value object');
    }
    const exported = isObject(declaration['Export']) ? declaration['Export']['Name'] : undefined;
    return {
      value,
      ...(typeof description === 'string' ? { description } : {}),
      ...(exported === undefined ? {} : { exportName: exported }),
      ...(condition === undefined ? {} : { condition: textOf(condition, `${place}/Condition`) }),
    };
  });
}

/** Reads the section of rules. */
export function parseRules(section: JsonObject): readonly RuleDeclaration[] {
  const rules = mapSection('Rules', section, (declaration, place) => {
    refuseUnknown(place, declaration, ['Assertions', 'RuleCondition']);
    const { RuleCondition: when, Assertions: assertions } = declaration;
    if (!Array.isArray(assertions) || !assertions.every(isObject)) {
      throw malformed(place, 'Assertions must be a list of objects.');
    }
    return {
      ...(when === undefined ? {} : { when }),
      assertions: assertions.map((assertion) => ({
        assert: assertion['Assert'],
        description: toText(assertion['AssertDescription'] ?? place),
      })),
    };
  });
  return [...rules].map(([name, rule]) => ({ name, ...rule }));
}

function mapSection<Declaration>(
  name: string,
  section: JsonObject,
  parse: (declaration: JsonObject, place: string) => Declaration,
): ReadonlyMap<string, Declaration> {
  return new Map(
    Object.entries(section).map(([id, declaration]) => {
      const place = `/${name}/${id}`;
      if (!/^[a-zA-Z0-9]{1,255}$/.test(id)) {
        throw validationError(
          `Template format error: ${name} name ${id.slice(0, 100)} is non alphanumeric.`,
        );
      }
      if (!isObject(declaration)) throw malformed(place, 'is not an object.');
      return [id, parse(declaration, place)];
    }),
  );
}

function refuseUnknown(place: string, declaration: JsonObject, known: readonly string[]): void {
  const [unknown] = Object.keys(declaration).filter((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw malformed(place, `the local account does not support \`${unknown}\` here.`);
  }
}

function listOfTexts(value: unknown, place: string): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => scalarOf(item, place));
}

function scalarOf(value: unknown, place: string): string {
  return typeof value === 'number' || typeof value === 'boolean'
    ? toText(value)
    : textOf(value, place);
}

function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw malformed(place, 'must be a string.');
}

function malformed(place: string, what: string): ReturnType<typeof validationError> {
  return validationError(`Template format error: [${place}] ${what}`);
}

import { listOfTexts, malformed, mapSection, refuseUnknown, textOf } from './declarations.ts';
import { isObject, type JsonObject, toText } from './json-value.ts';
import type { OutputDeclaration, ResourceDeclaration, RuleDeclaration } from './template.ts';

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

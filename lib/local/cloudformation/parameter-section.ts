import { listOfTexts, mapSection, refuseUnknown, scalarOf, textOf } from './declarations.ts';
import { type JsonObject, toText } from './json-value.ts';
import type { ParameterDeclaration } from './template.ts';
import { validationError } from './validation-error.ts';

const LIMITS = ['MaxLength', 'MaxValue', 'MinLength', 'MinValue'];

/** Reads the section of parameters. */
export function parseParameters(section: JsonObject): ReadonlyMap<string, ParameterDeclaration> {
  return mapSection('Parameters', section, parseParameter);
}

function parseParameter(declaration: JsonObject, place: string): ParameterDeclaration {
  refuseUnknown(place, declaration, [
    'AllowedPattern',
    'AllowedValues',
    'ConstraintDescription',
    'Default',
    'Description',
    'NoEcho',
    'Type',
    ...LIMITS,
  ]);
  const { Type: type, Default: value, AllowedPattern: pattern } = declaration;
  const { AllowedValues: allowed, Description: description } = declaration;
  const { ConstraintDescription: constraint } = declaration;
  return {
    type: textOf(type, `${place}/Type`),
    ...(value === undefined ? {} : { default: scalarOf(value, `${place}/Default`) }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(allowed === undefined
      ? {}
      : { allowedValues: listOfTexts(allowed, `${place}/AllowedValues`) }),
    ...(pattern === undefined ? {} : { allowedPattern: patternOf(pattern, place) }),
    limits: limitsOf(declaration, place),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    isSecret: toText(declaration['NoEcho']) === 'true',
  };
}

function limitsOf(declaration: JsonObject, place: string): ParameterDeclaration['limits'] {
  const given = LIMITS.filter((name) => declaration[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => {
      const limit = Number(scalarOf(declaration[name], `${place}/${name}`));
      if (Number.isFinite(limit)) return [name, limit];
      throw validationError(`Template format error: [${place}/${name}] must be a number`);
    }),
  );
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

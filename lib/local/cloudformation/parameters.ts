import type { Parameter } from '@aws-sdk/client-cloudformation';
import { BOOTSTRAP_VERSION, BOOTSTRAP_VERSION_PARAMETER } from '../bootstrap.ts';
import { isNetworkType } from './network-parameters.ts';
import type { ParameterDeclaration } from './template.ts';
import { validationError } from './validation-error.ts';

type Declarations = ReadonlyMap<string, ParameterDeclaration>;

/** Settles the text of every parameter: what is given, what the stack had, else the default. */
export function settleParameters(
  declarations: Declarations,
  given: readonly Parameter[],
  previous: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const unknown = given.map(nameOf).filter((name) => !declarations.has(name));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const settled = [...declarations].map(([name, declaration]) => {
    const entry = given.find((parameter) => nameOf(parameter) === name);
    const value = entry?.UsePreviousValue ? previous.get(name) : entry?.ParameterValue;
    return [name, value ?? declaration.default] as const;
  });
  const missing = settled.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) {
    throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  const values = new Map(settled.map(([name, value]) => [name, value ?? '']));
  for (const [name, declaration] of declarations) {
    checkValue(name, declaration, values.get(name) ?? '');
  }
  return values;
}

/** What `Ref` answers for each parameter. */
export function parameterValues(
  declarations: Declarations,
  settled: ReadonlyMap<string, string>,
): ReadonlyMap<string, unknown> {
  return new Map(
    [...declarations].map(([name, { type }]) => [name, toValue(type, settled.get(name) ?? '')]),
  );
}

function nameOf({ ParameterKey: name = '' }: Parameter): string {
  return name;
}

function checkValue(name: string, declaration: ParameterDeclaration, value: string): void {
  const { type, allowedValues, constraint } = declaration;
  toValue(type, value);
  if (allowedValues !== undefined && !allowedValues.includes(value)) {
    throw validationError(
      `Parameter '${name}' must be one of AllowedValues [${allowedValues.join(', ')}]`,
    );
  }
  const broken = brokenLimit(declaration, value);
  if (broken === undefined) return;
  throw validationError(
    constraint === undefined
      ? `Parameter '${name}' ${broken}`
      : `Parameter ${name} failed to satisfy constraint: ${constraint}`,
  );
}

function brokenLimit(
  { allowedPattern, limits }: ParameterDeclaration,
  value: string,
): string | undefined {
  const { MinLength = 0, MaxLength = value.length } = limits;
  const { MinValue = Number(value), MaxValue = Number(value) } = limits;
  if (value.length < MinLength) return `must contain at least ${MinLength} characters`;
  if (value.length > MaxLength) return `must contain at most ${MaxLength} characters`;
  if (Number(value) < MinValue) return `must be a number not less than ${MinValue}`;
  if (Number(value) > MaxValue) return `must be a number not greater than ${MaxValue}`;
  if (allowedPattern?.test(value) !== false) return undefined;
  return `must match pattern ${allowedPattern.source.replace(/^\^\(\?:(.*)\)\$$/s, '$1')}`;
}

function toValue(type: string, value: string): unknown {
  const [, item] = /^List<(.+)>$/.exec(type) ?? [];
  if (item !== undefined && item !== 'String') {
    return splitList(value).map((part) => toScalar(item, part, type));
  }
  if (type === 'CommaDelimitedList') return splitList(value);
  return toScalar(type, value, type);
}

function splitList(value: string): readonly string[] {
  return value.split(',').map((item) => item.trim());
}

function toScalar(kind: string, value: string, type: string): string {
  if (kind === 'Number') {
    if (value.trim() !== '' && Number.isFinite(Number(value))) return value;
    throw validationError(`Parameter value '${value}' is no number`);
  }
  if (kind === 'String' || isNetworkType(kind)) return value;
  if (kind !== 'AWS::SSM::Parameter::Value<String>') {
    throw validationError(
      `Template format error: the local account does not support parameters of type ${type}`,
    );
  }
  if (value === BOOTSTRAP_VERSION_PARAMETER) return BOOTSTRAP_VERSION;
  throw validationError(
    `Unable to fetch parameters [${value}] from parameter store for this account.`,
  );
}

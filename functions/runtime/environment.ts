import { GuardrailError } from '../core/guardrail-error.ts';
import type { Deployment } from '../workflows/ports.ts';

interface Variable {
  readonly pattern: RegExp;
  readonly expected: string;
  readonly isList?: true;
}

const VARIABLES = {
  TABLE_NAME: { pattern: /^[\w.-]{3,255}$/u, expected: 'the name of a DynamoDB table' },
  QUEUE_URL: { pattern: /^https?:\/\/\S+$/u, expected: 'the URL of a queue' },
  DEAD_LETTER_QUEUE_URL: { pattern: /^https?:\/\/\S+$/u, expected: 'the URL of a queue' },
  FINDINGS_TOPIC_ARN: { pattern: /^arn:[\w-]+:sns:\S+$/u, expected: 'the ARN of a topic' },
  CHAT_TOPIC_ARN: { pattern: /^arn:[\w-]+:sns:\S+$/u, expected: 'the ARN of a topic' },
  SWEEP_FUNCTION_ARN: {
    pattern: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/u,
    expected: 'the ARN of a function',
  },
  OWN_FUNCTION_ARNS: {
    pattern: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/u,
    expected: 'ARNs of functions of one account and region, separated by commas',
    isList: true,
  },
  OWN_ROLE_ARNS: {
    pattern: /^arn:[\w-]+:iam::\d{12}:role\/\S+$/u,
    expected: 'ARNs of roles, separated by commas',
    isList: true,
  },
} as const satisfies Record<string, Variable>;

/** One variable of the contract between the stack and the functions. */
export type VariableName = keyof typeof VARIABLES;

/** What every function gets. */
export const COMMON_VARIABLES = [
  'TABLE_NAME',
  'QUEUE_URL',
  'FINDINGS_TOPIC_ARN',
  'CHAT_TOPIC_ARN',
  'OWN_FUNCTION_ARNS',
  'OWN_ROLE_ARNS',
] as const satisfies readonly VariableName[];

/** A process environment, before it is parsed. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** The variables that were asked for, all present and of their form. */
export type Environment<Name extends VariableName> = Readonly<Record<Name, string>>;

/** The environment that this process was started with. */
export const PROCESS_ENVIRONMENT: RawEnvironment = process.env;

/** Parses the variables that one function uses; every fault is named in one error. */
export function parseEnvironment<Name extends VariableName>(
  raw: RawEnvironment,
  names: readonly Name[],
): Environment<Name> {
  const faults = names.flatMap((name) => faultsOf(name, raw[name]?.trim()));
  if (faults.length > 0) {
    const message = `environment is wrong: ${faults.join('; ')}`;
    throw new GuardrailError(message, { code: 'CONFIG_INVALID' });
  }
  return Object.fromEntries(names.map((name) => [name, raw[name]?.trim()])) as Environment<Name>;
}

/** Reads what a deployment fixes from the guardrail's own ARNs. */
export function toDeployment(
  environment: Environment<'OWN_FUNCTION_ARNS' | 'OWN_ROLE_ARNS'>,
): Deployment {
  const ownFunctionArns = toList(environment.OWN_FUNCTION_ARNS);
  const [, , , region = '', account = ''] = (ownFunctionArns[0] ?? '').split(':');
  return {
    account,
    region,
    ownFunctionArns: new Set(ownFunctionArns),
    ownRoleArns: new Set(toList(environment.OWN_ROLE_ARNS)),
  };
}

function faultsOf(name: VariableName, value: string | undefined): readonly string[] {
  const variable: Variable = VARIABLES[name];
  if (value === undefined || value === '') {
    return [`\`${name}\` is missing, expected ${variable.expected}`];
  }
  const parts = variable.isList ? toList(value) : [value];
  const wrong = parts.filter((part) => !variable.pattern.test(part));
  if (wrong.length > 0 || (name === 'OWN_FUNCTION_ARNS' && countPlaces(parts) > 1)) {
    return [`\`${name}\` is \`${value}\`, expected ${variable.expected}`];
  }
  return [];
}

function toList(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim());
}

function countPlaces(functionArns: readonly string[]): number {
  return new Set(functionArns.map((arn) => arn.split(':').slice(0, 5).join(':'))).size;
}

/** A function as a caller may name it. */
export interface FunctionName {
  readonly name: string;
  readonly partition?: string;
  readonly region?: string;
  readonly account?: string;
  readonly qualifier?: string;
}

/** Where a name belongs that does not say so itself. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

const REGION = '[a-z]{2,12}(?:-[a-z0-9]{1,20}){2,4}';
const ACCOUNT = '\\d{12}';
// A region counts only before an account, and an account only before `function:`: a name may look like both.
const FUNCTION_NAME = new RegExp(
  `^(?:(?:arn:(aws[a-zA-Z-]{0,20}):lambda:(?=${REGION}:))?(?:(${REGION}):)?(${ACCOUNT}):function:|function:)?` +
    '([a-zA-Z0-9_-]{1,64})(?::(\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9_-]{1,128}))?$',
);

/**
 * Reads a function's name in all legal forms: name, partial ARN, ARN, each with or without a qualifier.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function parseFunctionName(text: string): FunctionName | undefined {
  const match = FUNCTION_NAME.exec(text);
  if (match === null) return undefined;
  const [, partition, region, account, name = '', qualifier] = match;
  return {
    name,
    ...(partition === undefined ? {} : { partition }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

/** Writes the unqualified ARN of a function; what the name says itself goes before its home. */
export function toFunctionArn(name: FunctionName, home: Home): string {
  const region = name.region ?? home.region;
  const partition = name.partition ?? partitionOf(region);
  return `arn:${partition}:lambda:${region}:${name.account ?? home.account}:function:${name.name}`;
}

/** Reads a full ARN of a function and drops its qualifier; undefined where it is none. */
export function parseFunctionArn(text: string): string | undefined {
  const parsed = parseFunctionName(text);
  if (parsed?.partition === undefined) return undefined;
  const { partition, region, account, name } = parsed;
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

/** The bare name in a function's unqualified ARN. */
export function functionNameOf(functionArn: string): string {
  return functionArn.slice(functionArn.lastIndexOf(':') + 1);
}

/** Reads where names belong; undefined where account or region cannot be one. */
export function parseHome(account: unknown, region: unknown): Home | undefined {
  if (typeof account !== 'string' || !new RegExp(`^${ACCOUNT}$`).test(account)) return undefined;
  if (typeof region !== 'string' || !new RegExp(`^${REGION}$`).test(region)) return undefined;
  return { account, region };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

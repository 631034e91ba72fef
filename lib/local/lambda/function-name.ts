import { constraintBroken } from './faults.ts';

/** A function as a caller names it. */
export interface NamedFunction {
  readonly name: string;
  /** Without a qualifier. */
  readonly arn: string;
  readonly qualifier?: string;
}

/** Where a name without account and region belongs. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** The pattern of Lambda's model, which error texts quote. */
const PATTERN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

const NAMED =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?<region>[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

/** Reads a function's name in any of the forms that Lambda accepts. */
export function parseFunctionName(text: string, place: Place): NamedFunction {
  const { name, qualifier, region, account } = NAMED.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw broken(text, `Member must satisfy regular expression pattern: ${PATTERN}`);
  }
  if (text.length > 140) throw broken(text, 'Member must have length less than or equal to 140');
  if (name.length > 64) throw broken(text, 'Member must have length less than or equal to 64');
  return {
    name,
    arn: `arn:aws:lambda:${region ?? place.region}:${account ?? place.accountId}:function:${name}`,
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

function broken(value: string, constraint: string) {
  return constraintBroken({ member: 'functionName', value, constraint });
}

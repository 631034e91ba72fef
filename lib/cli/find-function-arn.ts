import { parseFunctionName, toFunctionArn } from '../../functions/core/function-name.ts';
import { quote } from '../../functions/core/quote.ts';
import type { AwsAccess } from './aws-access.ts';
import { readCaller } from './read-caller.ts';
import { readRegion } from './read-region.ts';
import { UsageError } from './usage-error.ts';

/** Answers the ARN of a function that may be named in any form; AWS is asked only for what that does not say. */
export async function findFunctionArn(asked: string, access: AwsAccess = {}): Promise<string> {
  const name = parseFunctionName(asked);
  if (name === undefined) {
    throw new UsageError(`expected the name or the ARN of a function, got ${quote(asked)}`);
  }
  const { account, region } = name;
  if (account !== undefined && region !== undefined) {
    return toFunctionArn(name, { account, region });
  }
  const caller = account === undefined ? await readCaller(access) : undefined;
  return toFunctionArn(name, {
    account: account ?? caller?.account ?? '',
    region: region ?? caller?.region ?? (await readRegion(access)),
  });
}

import { parseFunctionName } from '../../../functions/core/function-name.ts';
import type { Mode } from '../../../functions/core/policy.ts';
import { quote } from '../../../functions/core/quote.ts';
import { parseRescanRequest } from '../../../functions/core/rescan-request.ts';
import { UsageError } from '../usage-error.ts';

/** What a rescan can be asked for, beside the functions. */
export interface RequestOptions {
  readonly mode?: Mode;
  readonly wake?: boolean;
  readonly verdicts?: boolean;
}

/** The payload of a rescan: what is absent is left to the function. */
export interface RescanPayload extends RequestOptions {
  readonly functions?: readonly string[];
}

/** Where no name says it: the deployed function knows its account. */
const ANY_ACCOUNT = '000000000000';

/** Writes the payload of a rescan; what is wrong with it for sure is said before anybody is asked. */
export function toPayload(
  functions: readonly string[],
  { mode, wake, verdicts }: RequestOptions,
  region: string,
): RescanPayload {
  const payload = {
    ...(functions.length === 0 ? {} : { functions }),
    ...(mode === undefined ? {} : { mode }),
    ...(wake === undefined ? {} : { wake }),
    ...(verdicts === undefined ? {} : { verdicts }),
  };
  const faults = faultsOfNames(functions);
  if (faults.length > 0) throw new UsageError(faults.join('; '));
  const named = functions.map((asked) => parseFunctionName(asked)?.account);
  const account = named.find((one) => one !== undefined) ?? ANY_ACCOUNT;
  const parsed = parseRescanRequest(payload, { account, region });
  if (!parsed.ok) throw new UsageError(parsed.faults.join('; '));
  return payload;
}

function faultsOfNames(functions: readonly string[]): readonly string[] {
  return functions
    .filter((asked) => !isFunctionOrPattern(asked))
    .map((asked) => `expected ${EXPECTED}, got ${quote(asked)}`);
}

const EXPECTED =
  'the name or ARN of a function, without version or alias, or a pattern such as `nightly-*`';

function isFunctionOrPattern(asked: string): boolean {
  const { account = ANY_ACCOUNT, region = 'us-east-1' } = parseFunctionName(asked) ?? {};
  return parseRescanRequest({ functions: [asked] }, { account, region }).ok;
}

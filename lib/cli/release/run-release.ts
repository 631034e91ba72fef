import type { ReleaseAnswer } from '../../../functions/workflows/release-function.ts';
import type { AwsAccess } from '../aws-access.ts';
import type { ExitStatus } from '../exit-status.ts';
import { checkPlace, readOutputs } from '../find-table.ts';
import { checkFunctionName, functionIn, RELEASE } from '../guardrail-functions.ts';
import { invokeGuardrail } from '../invoke-guardrail.ts';
import { readRegion } from '../read-region.ts';
import { type Format, type Terminal, toJson } from '../terminal.ts';
import { isReleaseAnswer, renderAnswer, statusOf } from './release-answer.ts';
import { type ReleaseFlags, toPayload } from './to-payload.ts';

/** How `release` is run. */
export interface ReleaseOptions extends ReleaseFlags, AwsAccess {
  readonly stack: string;
  /** The name or ARN of the function that releases. Default: what the stack's outputs name. */
  readonly releaseFunction?: string;
  readonly format: Format;
}

/** Has the deployed guardrail end its quarantine of a function, and says what came of it. */
export async function runRelease(
  asked: string,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  checkPlace(options);
  checkFunctionName(options.releaseFunction, RELEASE);
  const { payload, request } = toPayload(asked, options, await readRegion(options));
  const answer = await release(await findRelease(options), payload, options);
  const { format } = options;
  terminal.print(format === 'json' ? toJson(answer) : renderAnswer(answer, request, terminal));
  return statusOf(answer);
}

async function findRelease(options: ReleaseOptions): Promise<string> {
  const { stack, releaseFunction } = options;
  return releaseFunction ?? functionIn(await readOutputs(stack, options), stack, RELEASE);
}

async function release(
  functionName: string,
  payload: object,
  access: AwsAccess,
): Promise<ReleaseAnswer> {
  const answer = await invokeGuardrail({ kind: RELEASE, functionName }, payload, access);
  if (isReleaseAnswer(answer)) return answer;
  throw new Error(
    `the function \`${functionName}\` did not say what came of it: it is not the one that releases, or of another version`,
  );
}

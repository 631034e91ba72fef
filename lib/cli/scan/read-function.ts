import type { LambdaClient } from '@aws-sdk/client-lambda';
import { isDenied } from '../../../functions/adapters/aws-errors.ts';
import { createLambdaReads, createReadConfiguration } from '../../../functions/adapters/lambda.ts';
import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import type { ListedFunction, Ports } from '../../../functions/workflows/ports.ts';
import type { BlindSpots, Sight } from './not-seen.ts';

/** Finds what a list said of a function, by its ARN with or without a version. */
export type FindListed = (functionArn: string) => ListedFunction | undefined;

type ReadSnapshot = Ports['readSnapshot'];

/** One way to read a function, and the permission that it takes. */
interface Way {
  readonly sight: Sight;
  readonly read: ReadSnapshot;
}

/**
 * Builds what reads a function as far as the caller may: whole, without tags and reservation, or as it was listed.
 *
 * A way that was refused once is not tried again: it would cost a call for every function.
 */
export function createReadFunction(
  client: LambdaClient,
  findListed: FindListed,
  { note }: BlindSpots,
): ReadSnapshot {
  const ways: readonly Way[] = [
    { sight: 'lambda:GetFunction', read: createLambdaReads(client).readSnapshot },
    { sight: 'lambda:GetFunctionConfiguration', read: createReadConfiguration(client) },
  ];
  const refusals = new Map<Sight, string>();
  const readBy = async (
    functionArn: string,
    [way, ...others]: readonly Way[],
  ): Promise<FunctionSnapshot | undefined> => {
    if (way === undefined) return asListed(findListed(functionArn), [...refusals.values()]);
    if (refusals.has(way.sight)) return readBy(functionArn, others);
    try {
      return await way.read(functionArn);
    } catch (error) {
      if (!(error instanceof GuardrailError && isDenied(error.cause))) throw error;
      refusals.set(way.sight, error.message);
      note(way.sight, error.message);
      return readBy(functionArn, others);
    }
  };
  return (functionArn) => readBy(functionArn, ways);
}

/** A list leaves out states: nobody knows them. */
function asListed(
  listed: ListedFunction | undefined,
  refusals: readonly string[],
): FunctionSnapshot | undefined {
  if (listed === undefined) return undefined;
  const { version: _, canBeIdle: __, ...rest } = listed;
  const unread = refusals.at(-1) ?? '';
  return { ...rest, revisionId: '', state: 'unread', tags: {}, unread };
}

import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { LocalAccount } from '../../local/start-local-account.ts';
import { clientSettings, type Place } from './people.ts';
import { isByGuardrail, type Told } from './story.ts';

/** Where one function ended up. */
interface FunctionEnd {
  readonly name: string;
  readonly state: string;
  readonly attachment: string;
  /** Absent when nothing is reserved. */
  readonly reservedConcurrency?: number;
}

/** What the demonstration came to, counted from the account's journal. */
export interface Closing {
  readonly functions: readonly FunctionEnd[];
  readonly verdicts: Readonly<Record<string, number>>;
  readonly remediations: Readonly<Record<string, number>>;
  /** Calls that the guardrail's functions made, by service. */
  readonly callsByService: Readonly<Record<string, number>>;
  /** TCP connections that the guardrail's functions opened. */
  readonly connections: number;
}

const OWN_PREFIX = 'lambda-vpc-guardrail-';

/** Counts what happened, and looks where every function is now. */
export async function toClosing(
  { core, journal }: LocalAccount,
  { told, place }: { readonly told: readonly Told[]; readonly place: Place },
): Promise<Closing> {
  const judgements = told.flatMap((scene) => scene.judgements);
  return {
    functions: await readEnds(place),
    verdicts: countBy(judgements.map(({ verdict }) => verdict)),
    remediations: countBy(
      judgements.map(({ remediation }) => remediation).filter((kind) => kind !== 'none'),
    ),
    callsByService: countBy(journal.calls.filter(isByGuardrail).map(({ service }) => service)),
    connections: [...journal.connections]
      .filter(([key]) => core.principals.keys.get(key)?.principal.name.includes('Guardrail'))
      .reduce((sum, [, count]) => sum + count, 0),
  };
}

async function readEnds(place: Place): Promise<readonly FunctionEnd[]> {
  const client = new LambdaClient(clientSettings(place));
  const ends: FunctionEnd[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = '' } of Functions) {
      if (FunctionName.startsWith(OWN_PREFIX)) continue;
      ends.push(toEnd(await client.send(new GetFunctionCommand({ FunctionName }))));
    }
  }
  client.destroy();
  return ends;
}

function toEnd({ Configuration, Concurrency }: GetFunctionCommandOutput): FunctionEnd {
  const subnets = Configuration?.VpcConfig?.SubnetIds ?? [];
  const reserved = Concurrency?.ReservedConcurrentExecutions;
  return {
    name: Configuration?.FunctionName ?? '',
    state: Configuration?.State ?? '',
    attachment:
      subnets.length === 0 ? 'no VPC' : `${Configuration?.VpcConfig?.VpcId}: ${subnets.join(', ')}`,
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
  };
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

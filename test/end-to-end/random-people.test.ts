import {
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const NAMES = ['f0', 'f1', 'f2', 'f3'] as const;
/** Most of what people do. */
const MOVES = ['move', 'move', 'move', 'move', 'move'] as const;
const HOURS_MS = 3 * 3_600_000;

const stepOf = fc.record({
  name: fc.constantFrom(...NAMES),
  deed: fc.constantFrom(...(['create', 'delete', 'reserve', 'lift', 'tweak'] as const), ...MOVES),
  attachment: fc.constantFrom('approved', 'approved', 'lab', 'forbidden', 'detached'),
  pauseMs: fc.constantFrom(0, 500, 1000, 3000, 20_000, 120_000, 400_000),
} as const);

type Step = typeof stepOf extends fc.Arbitrary<infer Held> ? Held : never;

describe('people who do anything in any order', () => {
  it('leave every function compliant or harmless, and no good one throttled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepOf, { minLength: 80, maxLength: 80 }), async (steps) => {
        const deployed = await startDeployedAccount();
        try {
          for (const name of NAMES) await deployed.create(name);
          for (const step of steps) await take(step, deployed);
          await deployed.account.advance(HOURS_MS);
          expect(await wrongFunctions(deployed)).toEqual([]);
          expect(complaintsOf(deployed)).toEqual([]);
        } finally {
          await deployed.close();
        }
      }),
      { numRuns: 5, seed: 20_261_122, endOnFailure: true },
    );
  }, 120_000);
});

/** Whatever AWS refuses is refused: people try everything. */
async function take({ name, deed, attachment, pauseMs }: Step, deployed: DeployedAccount) {
  await perform({ name, deed, attachment }, deployed).catch(() => undefined);
  await deployed.account.advance(pauseMs);
}

async function perform(
  { name, deed, attachment }: Omit<Step, 'pauseMs'>,
  { lambda, create }: DeployedAccount,
): Promise<unknown> {
  const FunctionName = name;
  const VpcConfig = NETWORK[attachment];
  switch (deed) {
    case 'create':
      return create(name, attachment === 'detached' ? undefined : VpcConfig);
    case 'move':
      return lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig }));
    case 'delete':
      return lambda.send(new DeleteFunctionCommand({ FunctionName }));
    case 'reserve':
      return lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 5 }),
      );
    case 'lift':
      return lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    case 'tweak':
      return lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 30 }));
  }
}

/** Functions that violate the policy and run, or that are good and do not. */
async function wrongFunctions({ lambda }: DeployedAccount): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const FunctionName of NAMES) {
    const read = await lambda.send(new GetFunctionCommand({ FunctionName })).catch(() => undefined);
    if (read === undefined) continue;
    const subnets: readonly string[] = read.Configuration?.VpcConfig?.SubnetIds ?? [];
    const approved: readonly string[] = NETWORK.approved.SubnetIds;
    const isGood = subnets.length > 0 && subnets.every((id) => approved.includes(id));
    const isThrottled = read.Concurrency?.ReservedConcurrentExecutions === 0;
    if (isGood === isThrottled) wrong.push(`${FunctionName}: good ${isGood}`);
  }
  return wrong;
}

/** What the guardrail's functions complained of, and what the account itself got wrong. */
function complaintsOf({ account: { journal } }: DeployedAccount): readonly unknown[] {
  const lines = journal.invocations
    .flatMap(({ logLines }) => logLines)
    .filter((line) => /"level":"(ERROR|WARN)"/.test(line));
  return [...lines, ...journal.calls.filter(({ errorCode }) => errorCode === 'InternalFailure')];
}

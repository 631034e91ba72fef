import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { clientSettingsOf } from '../aws-access.ts';
import { DEPLOY } from './check-stack.ts';
import { bad, type Checkup, good, notYet, unseen } from './checkup.ts';
import type { GuardedAccount } from './doctor-account.ts';
import { judgeFact, type Read, readFact, withClient } from './read-fact.ts';

/** What a function's state is made of. */
export type SeenState = Pick<
  FunctionConfiguration,
  'State' | 'StateReason' | 'LastUpdateStatus' | 'LastUpdateStatusReason'
>;

/** Looks at the guardrail's own functions. */
export async function checkFunctions(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { access, deployed } = account;
  return withClient(new LambdaClient(clientSettingsOf(access)), (client) =>
    Promise.all(
      Object.values(deployed.functionNames).map(async (FunctionName) => {
        const [state, reserved] = await Promise.all([
          readFact<SeenState>('lambda:GetFunctionConfiguration', () =>
            client.send(new GetFunctionConfigurationCommand({ FunctionName })),
          ),
          readFact('lambda:GetFunctionConcurrency', async () => {
            const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName }));
            return answer.ReservedConcurrentExecutions;
          }),
        ]);
        return judgeFunction(FunctionName, state, reserved);
      }),
    ),
  );
}

/** Judges one function: it has to be able to run. */
export function judgeFunction(
  name: string,
  state: Read<SeenState>,
  reserved: Read<number | undefined>,
): Checkup {
  const about = { topic: 'function', subject: name } as const;
  if ('value' in reserved && reserved.value === 0) {
    const seen = 'its reserved concurrency is 0: it does not run';
    return bad(about, seen, `aws lambda delete-function-concurrency --function-name ${name}`);
  }
  return judgeFact(about, state, (held) => {
    const judged = judgeState(about, held);
    if (judged.answer !== 'good' || 'value' in reserved) return judged;
    return unseen(about, `Active; its reserved concurrency: ${reserved.because}`, reserved);
  });
}

function judgeState(
  about: { readonly topic: 'function'; readonly subject: string },
  { State, StateReason = '', LastUpdateStatus, LastUpdateStatusReason = '' }: SeenState,
): Checkup {
  if (State === 'Pending' || LastUpdateStatus === 'InProgress') {
    return notYet(about, 'AWS is working on it', 'look again in a minute');
  }
  if (State !== 'Active') return bad(about, `it is ${State}: ${StateReason}`, `${DEPLOY} --force`);
  if (LastUpdateStatus === 'Failed') {
    return bad(about, `its last update failed: ${LastUpdateStatusReason}`, `${DEPLOY} --force`);
  }
  return good(about, 'Active');
}

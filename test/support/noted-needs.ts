import type { LocalAccount } from '../../lib/local/start-local-account.ts';
import type { Call, Operation } from '../../lib/local/wire/operation.ts';

/** One permission that a call of somebody needed. */
export interface NotedNeed {
  readonly principalArn: string;
  readonly action: string;
  readonly resource: string;
}

/** Notes from here on what every service asks IAM about; the list grows as calls come. */
export function noteNeeds({ core }: Pick<LocalAccount, 'core'>): readonly NotedNeed[] {
  const noted: NotedNeed[] = [];
  const observed = (operation: Operation): Operation => ({
    ...operation,
    needs: (input: never, call: Call) => {
      const needs = operation.needs(input, call);
      const { principalArn } = call.caller;
      noted.push(...needs.map(({ action, resource }) => ({ principalArn, action, resource })));
      return needs;
    },
  });
  for (const [name, service] of core.services) {
    core.services.set(name, { ...service, operations: service.operations.map(observed) });
  }
  return noted;
}

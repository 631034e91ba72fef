import { type Checkup, type Topic, unseen } from './checkup.ts';

/** Checks of one kind of account, by the topic that is unknown where one fails. */
export type Checks<Account> = Readonly<
  Partial<Record<Topic, (account: Account) => Promise<readonly Checkup[]>>>
>;

/** Runs checks side by side; one that fails stops no other one. */
export async function runChecks<Account>(
  checks: Checks<Account>,
  account: Account,
): Promise<readonly Checkup[]> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([topic, check]) => {
      try {
        return await check(account);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [unseen({ topic: topic as Topic }, `it could not be looked at: ${why}`)];
      }
    }),
  );
  return found.flat();
}

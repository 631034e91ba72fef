import {
  CreateFunctionCommand,
  GetFunctionCommand,
  type LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';

const AT_ONCE = 8;
const APPROVED = {
  SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};

/** Which functions are created, and which of them are attached. */
interface Creation {
  readonly from?: number;
  readonly isAttached?: (index: number) => boolean;
}

/** Creates functions up to a number of them, every third attached unless told otherwise. */
export async function createMany(
  lambda: LambdaClient,
  count: number,
  { from = 0, isAttached = (index) => index % 3 === 0 }: Creation = {},
): Promise<void> {
  await inTurns(count - from, (turn) => {
    const index = from + turn;
    return lambda.send(
      new CreateFunctionCommand({
        FunctionName: nameOf(index),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/lambda-role',
        Code: { ZipFile: new TextEncoder().encode('never run') },
        ...(isAttached(index) ? { VpcConfig: APPROVED } : {}),
      }),
    );
  });
}

/** Lists every function; answers how many pages that took. */
export async function listAll(client: LambdaClient): Promise<number> {
  let pages = 0;
  for await (const _ of paginateListFunctions({ client }, {})) pages += 1;
  return pages;
}

/** Asks for every function by its name. */
export async function getMany(lambda: LambdaClient, count: number): Promise<void> {
  await inTurns(count, (index) =>
    lambda.send(new GetFunctionCommand({ FunctionName: nameOf(index) })),
  );
}

/** Some calls at once, as a client with a few connections makes them. */
async function inTurns(count: number, call: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Not in the order of their creation, as in reality. */
function nameOf(index: number): string {
  return `team-${index % 97}-function-${index}`;
}

import { followTrace } from '../../../lib/local/lineage.ts';
import { deployFunction } from '../deployed-function.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import { HERE, IDLE_SECONDS, invokeInChain, refusedAs, type Scene } from './lambda-scene.ts';

const LONGEST_CHAIN = 16;

/** Functions are invoked in every state, with payloads and chains of every kind. */
export async function walkInvocations(scene: Scene): Promise<void> {
  const { account, lambda } = scene;
  const source = 'export const handler = async () => { throw new Error("on purpose"); };';
  await deployFunction(account, { name: 'failing', source });
  await lambda.invoke({ FunctionName: 'failing', LogType: 'Tail' });
  await refuseStates(scene);
  await refuseSleepers(scene);
  await refuseRequests(scene);
}

async function refuseStates({ lambda, seconds }: Scene): Promise<void> {
  const FunctionName = 'young';
  await lambda.createFunction({ ...MINIMAL, FunctionName, VpcConfig: HERE });
  await refusedAs('ResourceConflictException', lambda.invoke({ FunctionName }));
  await seconds(IDLE_SECONDS + 75);
}

async function refuseSleepers({ lambda, seconds, attached }: Scene): Promise<void> {
  const ImageUri = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1';
  const { Role } = MINIMAL;
  await lambda.createFunction({
    FunctionName: 'pictured',
    Role,
    PackageType: 'Image',
    Code: { ImageUri },
  });
  const SnapStart = { ApplyOn: 'PublishedVersions' as const };
  await attached('snapped', { SnapStart });
  await lambda.publishVersion({ FunctionName: 'snapped' });
  await refusedAs(
    'SnapStartNotReadyException',
    lambda.invoke({ FunctionName: 'snapped', Qualifier: '1' }),
  );
  await seconds(IDLE_SECONDS + 75);
  await refusedAs('ResourceNotReadyException', lambda.invoke({ FunctionName: 'young' }));
  await refusedAs('CodeArtifactUserPendingException', lambda.invoke({ FunctionName: 'pictured' }));
}

async function refuseRequests({ lambda, attached }: Scene): Promise<void> {
  const FunctionName = 'invoked';
  await attached(FunctionName, {});
  await refusedAs(
    'InvalidRequestContentException',
    lambda.invoke({ FunctionName, Payload: Buffer.from('not JSON') }),
  );
  const Payload = Buffer.from(JSON.stringify('x'.repeat(6 * 1024 * 1024)));
  await refusedAs('RequestTooLargeException', lambda.invoke({ FunctionName, Payload }));
  const arn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
  let chain = followTrace(arn, undefined);
  for (let length = 1; length < LONGEST_CHAIN; length += 1) chain = followTrace(arn, chain);
  await refusedAs('RecursiveInvocationException', invokeInChain(lambda, FunctionName, chain));
  await lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 0 });
  await refusedAs('TooManyRequestsException', lambda.invoke({ FunctionName }));
}

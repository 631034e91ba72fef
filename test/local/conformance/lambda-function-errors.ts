import { MINIMAL } from '../lambda/small-account.ts';
import { HERE, refusedAs, type Scene, SECONDS_TO_ATTACH } from './lambda-scene.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
const SIGNING = 'arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-0123456789abcdef0';
const STORAGE_QUOTA = 'Function and layer storage';
const NOBODY = { FunctionName: 'nobody' };
const OTHER = { ...HERE, SecurityGroupIds: ['sg-0a1b2c3d4e5f6d001'] };

/** Calls on functions that are refused, each for what its error is for. */
export async function refuseFunctionCalls(scene: Scene): Promise<void> {
  await scene.attached('steady');
  await notFound(scene);
  await notValid(scene);
  await refusedAs(
    'CodeSigningConfigNotFoundException',
    scene.lambda.createFunction({ ...MINIMAL, FunctionName: 'new', CodeSigningConfigArn: SIGNING }),
  );
  await inConflict(scene);
  await ofAnotherRevision(scene);
  await withoutRoom(scene);
}

async function notFound({ lambda }: Scene): Promise<void> {
  const Resource = `${ARN}nobody`;
  const CapacityProviderArn = 'arn:aws:lambda:us-east-1:123456789012:capacity-provider:none';
  const LambdaManagedInstancesCapacityProviderConfig = { CapacityProviderArn };
  const CapacityProviderConfig = { LambdaManagedInstancesCapacityProviderConfig };
  await refusedAs(
    'ResourceNotFoundException',
    lambda.createFunction({ ...MINIMAL, FunctionName: 'new', CapacityProviderConfig }),
    lambda.getFunction(NOBODY),
    lambda.getFunctionConfiguration(NOBODY),
    lambda.updateFunctionConfiguration(NOBODY),
    lambda.updateFunctionCode({ ...NOBODY, ZipFile: Buffer.from('zip') }),
    lambda.deleteFunction(NOBODY),
    lambda.publishVersion(NOBODY),
    lambda.listVersionsByFunction(NOBODY),
    lambda.putFunctionConcurrency({ ...NOBODY, ReservedConcurrentExecutions: 1 }),
    lambda.getFunctionConcurrency(NOBODY),
    lambda.deleteFunctionConcurrency(NOBODY),
    lambda.tagResource({ Resource, Tags: { a: 'b' } }),
    lambda.untagResource({ Resource, TagKeys: ['a'] }),
    lambda.listTags({ Resource }),
    lambda.invoke(NOBODY),
  );
}

async function notValid({ lambda }: Scene): Promise<void> {
  const FunctionName = 'steady';
  const Resource = `${ARN}${FunctionName}:1`;
  const mismatched = { FunctionName: 'steady:1', Qualifier: '2' };
  const ReservedConcurrentExecutions = 901;
  await refusedAs(
    'InvalidParameterValueException',
    lambda.createFunction({ ...MINIMAL, FunctionName: 'new', Code: {} }),
    lambda.getFunction(mismatched),
    lambda.getFunctionConfiguration(mismatched),
    lambda.invoke(mismatched),
    lambda.deleteFunction({ FunctionName, Qualifier: '$LATEST' }),
    lambda.updateFunctionConfiguration({ FunctionName, VpcConfig: { SubnetIds: ['subnet-no'] } }),
    lambda.updateFunctionCode({ FunctionName }),
    lambda.publishVersion({ FunctionName, CodeSha256: 'other' }),
    lambda.listFunctions({ Marker: 'none' }),
    lambda.listVersionsByFunction({ FunctionName, Marker: 'none' }),
    lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions }),
    lambda.getFunctionConcurrency({ FunctionName: 'steady:1' }),
    lambda.deleteFunctionConcurrency({ FunctionName: 'steady:1' }),
    lambda.tagResource({ Resource, Tags: { a: 'b' } }),
    lambda.untagResource({ Resource, TagKeys: ['a'] }),
    lambda.listTags({ Resource }),
  );
}

async function inConflict({ lambda, seconds }: Scene): Promise<void> {
  const FunctionName = 'steady';
  await lambda.publishVersion({ FunctionName });
  await seconds(SECONDS_TO_ATTACH);
  await lambda.createAlias({ FunctionName, Name: 'live', FunctionVersion: '1' });
  await lambda.updateFunctionConfiguration({ FunctionName, VpcConfig: OTHER });
  await refusedAs(
    'ResourceConflictException',
    lambda.createFunction({ ...MINIMAL, FunctionName }),
    lambda.deleteFunction({ FunctionName, Qualifier: '1' }),
    lambda.updateFunctionConfiguration({ FunctionName }),
    lambda.updateFunctionCode({ FunctionName, ZipFile: Buffer.from('zip') }),
    lambda.publishVersion({ FunctionName }),
    lambda.tagResource({ Resource: `${ARN}steady`, Tags: { a: 'b' } }),
  );
  await seconds(SECONDS_TO_ATTACH);
}

async function ofAnotherRevision({ lambda }: Scene): Promise<void> {
  const asked = { FunctionName: 'steady', RevisionId: 'another' };
  await refusedAs(
    'PreconditionFailedException',
    lambda.updateFunctionConfiguration(asked),
    lambda.updateFunctionCode({ ...asked, ZipFile: Buffer.from('zip') }),
    lambda.publishVersion(asked),
    lambda.updateAlias({ ...asked, Name: 'live' }),
  );
}

async function withoutRoom({ account, lambda }: Scene): Promise<void> {
  const FunctionName = 'steady';
  account.quotas.set('lambda', STORAGE_QUOTA, 0);
  await refusedAs(
    'CodeStorageExceededException',
    lambda.createFunction({ ...MINIMAL, FunctionName: 'new' }),
    lambda.updateFunctionCode({ FunctionName, ZipFile: Buffer.from('zip') }),
    lambda.publishVersion({ FunctionName }),
  );
  account.quotas.set('lambda', STORAGE_QUOTA, 75);
}

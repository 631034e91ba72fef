import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';
import { HERE, IDLE_SECONDS, type Scene, setScene } from './lambda-scene.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';
const STORAGE_QUOTA = 'Function and layer storage';

let scene: Scene;

beforeAll(async () => {
  const account = await startFullAccount();
  scene = setScene({ account, observe: (client) => client });
  await scene.attached('attached');
  await scene.attached('plain', {});
});
afterAll(async () => {
  scene.leave();
  await scene.account.close();
});

describe('a published version', () => {
  it('is active at once where its function needs nothing made for it', async () => {
    const { lambda } = scene;
    const published = await lambda.publishVersion({ FunctionName: 'plain' });
    const invoked = await lambda.invoke({ FunctionName: 'plain', Qualifier: published.Version });

    expect(published).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(published.StateReasonCode).toBeUndefined();
    expect(invoked).toMatchObject({ StatusCode: 200, ExecutedVersion: '1' });
  });

  it('is pending where its function is attached', async () => {
    const published = await scene.lambda.publishVersion({ FunctionName: 'attached' });

    expect(published).toMatchObject({ State: 'Pending', StateReasonCode: 'Creating' });
    await scene.seconds(2);
  });
});

describe('tags', () => {
  const revision = async (FunctionName: string) =>
    (await scene.lambda.getFunctionConfiguration({ FunctionName })).RevisionId;
  const tag = (name: string) =>
    scene.lambda.tagResource({ Resource: `${ARN}${name}`, Tags: { team: 'pay' } });

  it('renew the revision of a function, which is idle in time all the same', async () => {
    const { lambda, seconds } = scene;
    const first = await revision('attached');
    await tag('attached');
    const second = await revision('attached');
    await lambda.untagResource({ Resource: `${ARN}attached`, TagKeys: ['team'] });
    const third = await revision('attached');
    await seconds(IDLE_SECONDS);
    const { State } = await lambda.getFunctionConfiguration({ FunctionName: 'attached' });

    expect(new Set([first, second, third]).size).toBe(3);
    expect(State).toBe('Inactive');
  });

  it('do not keep a function from becoming active', async () => {
    const { lambda, seconds } = scene;
    await lambda.createFunction({ ...MINIMAL, FunctionName: 'young', VpcConfig: HERE });
    await tag('young');
    await seconds(75);
    const { State } = await lambda.getFunctionConfiguration({ FunctionName: 'young' });

    expect(State).toBe('Active');
  });

  it('are an error in the answer to who may not list them', async () => {
    const reader = scene.userClient('reader', 'lambda:GetFunction');

    const answer = await reader.getFunction({ FunctionName: 'young' });

    expect(answer.Tags).toBeUndefined();
    expect(answer.TagsError).toMatchObject({ ErrorCode: 'AccessDeniedException' });
    expect(answer.Configuration).toMatchObject({ FunctionName: 'young' });
  });
});

describe('the room for code', () => {
  it('is used up by versions too, and is there again after a deletion', async () => {
    const { account, lambda } = scene;
    const create = (FunctionName: string) =>
      lambda.createFunction({ ...MINIMAL, FunctionName, Code: { ZipFile: Buffer.alloc(512) } });
    const { AccountUsage } = await lambda.getAccountSettings({});
    const used = AccountUsage?.TotalCodeSize ?? 0;
    account.quotas.set('lambda', STORAGE_QUOTA, (used + 1024) / 1024 ** 3);
    await create('one');
    await create('two');
    const settings = await lambda.getAccountSettings({});

    await expect(create('three')).rejects.toMatchObject({
      name: 'CodeStorageExceededException',
      message: 'Code storage limit exceeded.',
      $metadata: { httpStatusCode: 400 },
    });
    await lambda.deleteFunction({ FunctionName: 'one' });
    await expect(create('three')).resolves.toMatchObject({ FunctionName: 'three' });
    expect(settings.AccountLimit?.TotalCodeSize).toBe(used + 1024);
    expect(settings.AccountUsage?.TotalCodeSize).toBe(used + 1024);
    account.quotas.set('lambda', STORAGE_QUOTA, 75);
  });
});

describe('the settings of an image', () => {
  it('are answered under another name than they are given, and stay until they are changed', async () => {
    const { lambda, seconds } = scene;
    const FunctionName = 'image';
    const ImageConfig = { Command: ['go'], WorkingDirectory: '/' };
    const created = await lambda.createFunction({
      FunctionName,
      Role: MINIMAL.Role,
      PackageType: 'Image',
      Code: { ImageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1' },
      ImageConfig,
    });
    await seconds(1);
    const kept = await lambda.updateFunctionConfiguration({ FunctionName, Timeout: 9 });
    await seconds(1);
    const changed = await lambda.updateFunctionConfiguration({
      FunctionName,
      ImageConfig: { Command: ['stop'] },
    });

    expect(created.ImageConfigResponse).toEqual({ ImageConfig });
    expect(kept.ImageConfigResponse).toEqual({ ImageConfig });
    expect(changed.ImageConfigResponse).toEqual({ ImageConfig: { Command: ['stop'] } });
  });
});

describe('reserved concurrency', () => {
  it('belongs to functions, not to versions or aliases', async () => {
    const FunctionName = 'plain:1';
    const refusal = {
      name: 'InvalidParameterValueException',
      message:
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    };

    await expect(
      scene.lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 1 }),
    ).rejects.toMatchObject(refusal);
    await expect(scene.lambda.getFunctionConcurrency({ FunctionName })).rejects.toMatchObject(
      refusal,
    );
  });
});

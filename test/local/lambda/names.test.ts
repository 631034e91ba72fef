import {
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttachedAccount, startAttachedAccount } from './attached-account.ts';
import { MINIMAL } from './small-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const FORMS = [
  'f',
  'function:f',
  '123456789012:f',
  '123456789012:function:f',
  'us-east-1:123456789012:function:f',
  ARN,
] as const;

describe('the name of a function', () => {
  let account: AttachedAccount;

  beforeEach(async () => {
    account = await startAttachedAccount();
  });
  afterEach(async () => {
    await account.stop();
  });

  it.each(FORMS)('is taken by every call in the form %s', async (FunctionName) => {
    const { lambda } = account;
    const alias = { FunctionName, Name: 'live' };
    const created = await lambda.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL }));
    await account.seconds(1);
    await lambda.send(new PublishVersionCommand({ FunctionName }));
    await account.seconds(1);
    await lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }));

    expect(created).toMatchObject({ FunctionName: 'f', FunctionArn: ARN });
    const read = await lambda.send(new GetFunctionCommand({ FunctionName, Qualifier: 'live' }));
    expect(read.Configuration).toMatchObject({ FunctionArn: `${ARN}:live`, Version: '1' });
    for (const qualified of [`${FunctionName}:1`, `${FunctionName}:live`]) {
      const Configuration = await lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: qualified }),
      );
      expect(Configuration.Version).toBe('1');
      const invoked = await lambda.send(new InvokeCommand({ FunctionName: qualified }));
      expect(invoked.ExecutedVersion).toBe('1');
    }
    expect(await lambda.send(new GetAliasCommand(alias))).toMatchObject({ Name: 'live' });
    await lambda.send(new UpdateAliasCommand({ ...alias, Description: 'now' }));
    expect((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toHaveLength(1);
    const versions = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(versions.Versions).toHaveLength(2);
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
    );
    const kept = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    expect(kept.ReservedConcurrentExecutions).toBe(0);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
    await account.seconds(1);
    const ZipFile = Buffer.from('other');
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    await account.seconds(1);
    const mappings = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    expect(mappings.EventSourceMappings).toEqual([]);
    await lambda.send(new DeleteAliasCommand(alias));
    await lambda.send(new DeleteFunctionCommand({ FunctionName: `${FunctionName}:1` }));
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    await expect(account.read('f')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each(FORMS)('is looked for by a mapping in the form %s', async (FunctionName) => {
    const EventSourceArn = 'arn:aws:sqs:us-east-1:123456789012:work';
    const command = new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn });

    await expect(account.lambda.send(command)).rejects.toMatchObject({
      name: expect.stringMatching(/^(ResourceNotFoundException|InvalidParameterValueException)$/),
    });
  });

  it('has to be an ARN without qualifier where a function is tagged', async () => {
    await account.create('f', {});
    await account.seconds(1);
    const tag = (Resource: string) =>
      account.lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'pay' } }));

    await tag(ARN);

    const { Tags } = await account.lambda.send(new ListTagsCommand({ Resource: ARN }));
    expect(Tags).toEqual({ team: 'pay' });
    await expect(tag('f')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(tag(`${ARN}:1`)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'Tags on function aliases and versions are not supported. Please specify either a function name or an unqualified function ARN.',
    });
  });
});

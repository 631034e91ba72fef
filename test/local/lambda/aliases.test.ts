import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  CreateFunctionCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allow, MINIMAL, type SmallAccount, startSmallAccount } from './small-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';

describe('aliases', () => {
  let account: SmallAccount;
  const live = { FunctionName: 'f', Name: 'live' };
  const create = (input: Partial<CreateAliasCommandInput> = {}) =>
    account.client.send(new CreateAliasCommand({ ...live, FunctionVersion: '1', ...input }));
  const update = (input: Partial<UpdateAliasCommandInput>) =>
    account.client.send(new UpdateAliasCommand({ ...live, ...input }));
  const read = (Name = 'live') =>
    account.client.send(new GetAliasCommand({ FunctionName: 'f', Name }));
  const list = (input: object = {}) =>
    account.client.send(new ListAliasesCommand({ FunctionName: 'f', ...input }));
  const weights = (versions: Readonly<Record<string, number>>) => ({
    RoutingConfig: { AdditionalVersionWeights: { ...versions } },
  });

  beforeEach(async () => {
    account = await startSmallAccount();
    await account.client.send(
      new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, Publish: true }),
    );
    for (const Timeout of [10, 20]) {
      await account.core.clock.advance(2000);
      await account.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Timeout }),
      );
      await account.core.clock.advance(2000);
      await account.client.send(new PublishVersionCommand({ FunctionName: 'f' }));
    }
  });
  afterEach(async () => {
    await account.close();
  });

  it('name a version, which is found by them', async () => {
    const answer = await create({ Description: 'what people use' });

    const { Configuration } = await account.client.send(
      new GetFunctionCommand({ FunctionName: 'f', Qualifier: 'live' }),
    );
    const { $metadata: created, ...alias } = answer;
    const { $metadata: _read, ...same } = await read();
    expect(created.httpStatusCode).toBe(201);
    expect(alias).toEqual({
      AliasArn: `${ARN}:live`,
      Name: 'live',
      FunctionVersion: '1',
      Description: 'what people use',
      RevisionId: expect.any(String),
    });
    expect(same).toEqual(alias);
    expect(Configuration).toMatchObject({ FunctionArn: `${ARN}:live`, Version: '1' });
  });

  it('may name $LATEST', async () => {
    await expect(create({ FunctionVersion: '$LATEST' })).resolves.toMatchObject({
      FunctionVersion: '$LATEST',
    });
  });

  it('answer the weights that they were given, until they are taken away', async () => {
    const shared = await create(weights({ 2: 0.25 }));
    const kept = await update({ FunctionVersion: '3' });

    const alone = await update({ RoutingConfig: {} });

    expect(shared.RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 0.25 } });
    expect(kept.RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 0.25 } });
    expect(alone.RoutingConfig).toBeUndefined();
  });

  it('keep what a change does not name, under a new revision', async () => {
    const before = await create({ Description: 'one' });

    const after = await update({ FunctionVersion: '2', RevisionId: before.RevisionId });
    const described = await update({ Description: 'two' });

    expect(after).toMatchObject({ FunctionVersion: '2', Description: 'one' });
    expect(described).toMatchObject({ FunctionVersion: '2', Description: 'two' });
    expect(new Set([before, after, described].map(({ RevisionId }) => RevisionId)).size).toBe(3);
  });

  it('are not changed by who saw another revision', async () => {
    await create();

    await expect(update({ FunctionVersion: '2', RevisionId: 'stale' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      message:
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read()).toMatchObject({ FunctionVersion: '1' });
  });

  it.each<[string, Partial<CreateAliasCommandInput>, string, RegExp]>([
    [
      'a version that does not exist',
      { FunctionVersion: '7' },
      'ResourceNotFoundException',
      /^Function not found: .+:f:7$/,
    ],
    ['no version at all', { FunctionVersion: 'one' }, 'ValidationException', /'functionVersion'/],
    ['a name of digits', { Name: '12' }, 'ValidationException', /'name' failed/],
    ['a hostile name', { Name: '../a' }, 'ValidationException', /'name' failed/],
    ['a long name', { Name: 'a'.repeat(129) }, 'ValidationException', /less than or equal to 128/],
    [
      'weights of two versions',
      weights({ 2: 0.1, 3: 0.1 }),
      'InvalidParameterValueException',
      /cannot be greater than 1$/,
    ],
    ['a weight over 1', weights({ 2: 1.5 }), 'ValidationException', /'\{2=1\.5\}'.+than or equal/],
    ['a weight under 0', weights({ 2: -1 }), 'ValidationException', /than or equal to 0\.0/],
    ['a weight of no version', weights({ two: 0.5 }), 'ValidationException', /Map keys/],
    [
      'a weight of its own version',
      weights({ 1: 0.5 }),
      'InvalidParameterValueException',
      /^Invalid function version 1\. .+already included/,
    ],
    [
      'a weight of a version that does not exist',
      weights({ 7: 0.5 }),
      'ResourceNotFoundException',
      /^Function not found: .+:f:7$/,
    ],
    [
      'a weight beside $LATEST',
      { FunctionVersion: '$LATEST', ...weights({ 1: 0.5 }) },
      'InvalidParameterValueException',
      /^\$LATEST is not supported for an alias/,
    ],
    [
      'a function that does not exist',
      { FunctionName: 'nobody' },
      'ResourceNotFoundException',
      /^Function not found: .+:nobody:1$/,
    ],
  ])('are refused with %s', async (_what, input, name, message) => {
    await expect(create(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect((await list()).Aliases).toEqual([]);
  });

  it('keep their version when a change names one that does not exist', async () => {
    await create();

    await expect(update({ FunctionVersion: '7' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await read()).toMatchObject({ FunctionVersion: '1' });
  });

  it('have names of their own', async () => {
    await create();

    await expect(create({ FunctionVersion: '2' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `Alias already exists: ${ARN}:live`,
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('are not found once they are deleted, which may be said twice', async () => {
    await create();

    const answer = await account.client.send(new DeleteAliasCommand(live));
    const recorded = account.lastEvent();
    await account.client.send(new DeleteAliasCommand(live));

    const missing = {
      name: 'ResourceNotFoundException',
      message: `Cannot find alias arn: ${ARN}:live`,
      $metadata: { httpStatusCode: 404 },
    };
    expect(answer.$metadata.httpStatusCode).toBe(204);
    expect(recorded).toMatchObject({
      eventName: 'DeleteAlias20150331',
      requestParameters: { functionName: 'f', name: 'live' },
      responseElements: null,
    });
    await expect(read()).rejects.toMatchObject(missing);
    await expect(update({ FunctionVersion: '2' })).rejects.toMatchObject(missing);
  });

  it('are listed in pages, and by the version that they name', async () => {
    for (const Name of ['b', 'a', 'c']) {
      await create({ Name, FunctionVersion: Name === 'c' ? '2' : '1' });
    }

    const first = await list({ MaxItems: 2 });
    const second = await list({ MaxItems: 2, Marker: first.NextMarker });
    const ofVersion = await list({ FunctionVersion: '2' });

    expect([first, second].map(({ Aliases }) => Aliases?.map(({ Name }) => Name))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    expect(ofVersion.Aliases?.map(({ Name }) => Name)).toEqual(['c']);
  });

  it('are recorded under the names that CloudTrail uses', async () => {
    await create(weights({ 2: 0.25 }));
    const created = account.lastEvent();
    await update({ FunctionVersion: '3' });

    expect(created).toMatchObject({
      eventName: 'CreateAlias20150331',
      requestParameters: {
        functionName: 'f',
        name: 'live',
        functionVersion: '1',
        routingConfig: { additionalVersionWeights: { 2: 0.25 } },
      },
      responseElements: { aliasArn: `${ARN}:live`, functionVersion: '1' },
    });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'UpdateAlias20150331',
      requestParameters: { functionName: 'f', name: 'live', functionVersion: '3' },
      responseElements: { functionVersion: '3' },
    });
  });

  it('are made, read and deleted only by who may', async () => {
    const client = account.userClient('ada', allow(['lambda:GetFunction']));
    const calls: readonly [string, () => Promise<unknown>][] = [
      ['CreateAlias', () => client.send(new CreateAliasCommand({ ...live, FunctionVersion: '1' }))],
      ['UpdateAlias', () => client.send(new UpdateAliasCommand(live))],
      ['GetAlias', () => client.send(new GetAliasCommand(live))],
      ['DeleteAlias', () => client.send(new DeleteAliasCommand(live))],
      ['ListAliases', () => client.send(new ListAliasesCommand({ FunctionName: 'f' }))],
    ];

    for (const [name, call] of calls) {
      await expect(call()).rejects.toThrow(`perform: lambda:${name} on resource: ${ARN} because`);
    }
  });
});

import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  type PublishVersionCommandInput,
  paginateListVersionsByFunction,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPROVED_VPC, FORBIDDEN_GROUP, FORBIDDEN_SUBNET, FORBIDDEN_VPC } from './network.ts';
import {
  ATTACHMENT,
  allow,
  MINIMAL,
  type SmallAccount,
  startSmallAccount,
} from './small-account.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const FORBIDDEN = { SubnetIds: [FORBIDDEN_SUBNET], SecurityGroupIds: [FORBIDDEN_GROUP] };

describe('published versions', () => {
  let account: SmallAccount;
  const publish = (input: Partial<PublishVersionCommandInput> = {}) =>
    account.client.send(new PublishVersionCommand({ FunctionName: 'f', ...input }));
  const read = (Qualifier?: string, FunctionName = 'f') =>
    account.client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
  const update = (input: object) =>
    account.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...input }));
  const remove = (Qualifier?: string) =>
    account.client.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier }));
  const list = async () => {
    const answer = await account.client.send(
      new ListVersionsByFunctionCommand({ FunctionName: 'f' }),
    );
    return answer.Versions?.map(({ Version }) => Version);
  };
  const advance = (seconds: number) => account.core.clock.advance(seconds * 1000);

  beforeEach(async () => {
    account = await startSmallAccount();
    await account.client.send(
      new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL, VpcConfig: ATTACHMENT }),
    );
    await advance(75);
  });
  afterEach(async () => {
    await account.close();
  });

  it('are numbered copies of $LATEST that are made for a moment', async () => {
    const answer = await publish({ Description: 'first' });
    const made = { State: 'Pending', StateReasonCode: 'Creating' };
    await advance(2);

    expect(answer.$metadata.httpStatusCode).toBe(201);
    expect(answer).toMatchObject({
      FunctionArn: `${ARN}:1`,
      Version: '1',
      Description: 'first',
      VpcConfig: { ...ATTACHMENT, VpcId: APPROVED_VPC },
      ...made,
    });
    expect(answer.LastUpdateStatus).toBeUndefined();
    expect(await read('1')).toMatchObject({ State: 'Active', Version: '1', Description: 'first' });
    expect(await read()).toMatchObject({ Version: '$LATEST', FunctionArn: ARN, Description: '' });
  });

  it('renew the revision of $LATEST, which is idle in time all the same', async () => {
    const before = await read();

    await publish();
    const after = await read();
    await advance(14 * 24 * 3600);

    expect(after.RevisionId).not.toBe(before.RevisionId);
    expect(await read()).toMatchObject({ State: 'Inactive', StateReasonCode: 'Idle' });
  });

  it('are the last version again where nothing changed', async () => {
    const first = await publish({ Description: 'first' });
    await advance(2);
    const { RevisionId } = await read();

    const second = await publish({ Description: 'second' });

    expect(second).toMatchObject({ Version: '1', Description: 'first' });
    expect(first.CodeSha256).toBe(second.CodeSha256);
    expect((await read()).RevisionId).toBe(RevisionId);
    expect(await list()).toEqual(['$LATEST', '1']);
  });

  it('keep code, settings and VPC when $LATEST moves on', async () => {
    await publish();
    await advance(2);
    await update({ VpcConfig: FORBIDDEN, Timeout: 60 });
    await advance(75);
    const code = { FunctionName: 'f', ZipFile: Buffer.from('other') };
    await account.client.send(new UpdateFunctionCodeCommand(code));
    await advance(1);

    const [version, latest] = [await read('1'), await read()];
    const second = await publish();

    expect(version).toMatchObject({ Timeout: 3, VpcConfig: { VpcId: APPROVED_VPC } });
    expect(latest).toMatchObject({ Timeout: 60, VpcConfig: { VpcId: FORBIDDEN_VPC } });
    expect(version.CodeSha256).not.toBe(latest.CodeSha256);
    expect(second).toMatchObject({ Version: '2', VpcConfig: { VpcId: FORBIDDEN_VPC } });
  });

  it('cannot be changed', async () => {
    await publish();
    await advance(2);

    await expect(update({ FunctionName: 'f:1', Timeout: 60 })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await read('1')).toMatchObject({ Timeout: 3 });
  });

  it('have optimised snapshots on where the function wants them', async () => {
    await update({ SnapStart: { ApplyOn: 'PublishedVersions' } });
    await advance(75);

    expect(await publish()).toMatchObject({ SnapStart: { OptimizationStatus: 'On' } });
    expect(await read()).toMatchObject({ SnapStart: { OptimizationStatus: 'Off' } });
  });

  it('are made with a new function that is published', async () => {
    const input = { FunctionName: 'g', ...MINIMAL, VpcConfig: ATTACHMENT, Publish: true };
    const answer = await account.client.send(new CreateFunctionCommand(input));
    const recorded = account.lastEvent();
    const pending = await read(undefined, 'g');
    await advance(75);

    expect(answer).toMatchObject({
      FunctionArn: ARN.replace(/f$/, 'g'),
      Version: '1',
      State: 'Pending',
      VpcConfig: ATTACHMENT,
    });
    expect(recorded).toMatchObject({
      eventName: 'CreateFunction20150331',
      requestParameters: { publish: true },
      responseElements: { functionArn: ARN.replace(/f$/, 'g'), version: '1' },
    });
    expect(pending).toMatchObject({ Version: '$LATEST', State: 'Pending' });
    expect(await read(undefined, 'g')).toMatchObject({ State: 'Active' });
    expect(await read('1', 'g')).toMatchObject({ State: 'Active', VpcConfig: ATTACHMENT });
  });

  it('are made with new code that is published', async () => {
    const code = { FunctionName: 'f', ZipFile: Buffer.from('other'), Publish: true };
    const tried = await account.client.send(
      new UpdateFunctionCodeCommand({ ...code, DryRun: true }),
    );
    const answer = await account.client.send(new UpdateFunctionCodeCommand(code));
    const recorded = account.lastEvent();
    const during = await read();
    await advance(2);

    expect(tried).toMatchObject({ Version: '$LATEST' });
    expect(answer).toMatchObject({ FunctionArn: `${ARN}:1`, State: 'Pending' });
    expect(answer.LastUpdateStatus).toBeUndefined();
    expect(recorded).toMatchObject({ responseElements: { version: '1', state: 'Pending' } });
    expect(during).toMatchObject({ Version: '$LATEST', LastUpdateStatus: 'InProgress' });
    expect(await read('1')).toMatchObject({ State: 'Active', CodeSha256: answer.CodeSha256 });
    expect(await read()).toMatchObject({ LastUpdateStatus: 'Successful' });
  });

  it.each([
    [{ RevisionId: 'stale' }, 'PreconditionFailedException', 412, /latest Revision Id/],
    [
      { CodeSha256: 'other' },
      'InvalidParameterValueException',
      400,
      /^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST \(.+\)\. Please/,
    ],
    [{ PublishTo: 'LATEST_PUBLISHED' } as const, 'InvalidParameterValueException', 400, /numbered/],
    [
      { FunctionName: 'nobody' },
      'ResourceNotFoundException',
      404,
      /^Function not found: .+:nobody$/,
    ],
  ])('are refused to %j', async (input, name, httpStatusCode, message) => {
    await expect(publish(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode },
    });
    expect(await list()).toEqual(['$LATEST']);
  });

  it('are accepted where revision and code are the present ones', async () => {
    const { RevisionId, CodeSha256 } = await read();

    await expect(publish({ RevisionId, CodeSha256 })).resolves.toMatchObject({ Version: '1' });
  });

  it('are refused while the function is being made or changed', async () => {
    await account.client.send(new CreateFunctionCommand({ FunctionName: 'g', ...MINIMAL }));
    await update({ Timeout: 60 });

    await expect(publish({ FunctionName: 'g' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: expect.stringMatching(/state: Pending$/),
    });
    await expect(publish()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
    });
  });

  it('are recorded, and only made by who may', async () => {
    const client = account.userClient('ada', allow(['lambda:GetFunction']));

    await expect(client.send(new PublishVersionCommand({ FunctionName: 'f' }))).rejects.toThrow(
      `not authorized to perform: lambda:PublishVersion on resource: ${ARN}`,
    );
    await expect(
      client.send(new ListVersionsByFunctionCommand({ FunctionName: 'f' })),
    ).rejects.toThrow(`lambda:ListVersionsByFunction on resource: ${ARN}`);
    await publish({ Description: 'first' });

    expect(account.lastEvent()).toMatchObject({
      eventName: 'PublishVersion20150331',
      requestParameters: { functionName: 'f', description: 'first' },
      responseElements: {
        functionArn: `${ARN}:1`,
        version: '1',
        vpcConfig: { vpcId: APPROVED_VPC },
      },
    });
  });

  it('are found by their number wherever a caller may put it', async () => {
    await publish();

    const answers = [
      await read('1'),
      await read(undefined, 'f:1'),
      await read('1', `${ARN}:1`),
      (await account.client.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: '1' })))
        .Configuration,
    ];

    for (const answer of answers) {
      expect(answer).toMatchObject({ FunctionArn: `${ARN}:1`, Version: '1' });
    }
    await expect(read('$LATEST')).resolves.toMatchObject({ FunctionArn: `${ARN}:$LATEST` });
    await expect(read('2', 'f:1')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'The derived qualifier from the function name does not match the specified qualifier.',
    });
    for (const unknown of ['2', 'live']) {
      await expect(read(unknown)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `Function not found: ${ARN}:${unknown}`,
      });
    }
  });

  it('are listed without states, in order of their numbers and page by page', async () => {
    for (let index = 1; index <= 11; index++) {
      await update({ Timeout: index });
      await advance(75);
      await publish();
      await advance(2);
    }
    const listed: (string | undefined)[][] = [];

    const pages = paginateListVersionsByFunction(
      { client: account.client, pageSize: 8 },
      { FunctionName: 'f' },
    );
    for await (const { Versions = [] } of pages) {
      listed.push(Versions.map(({ FunctionArn }) => FunctionArn?.slice(ARN.length + 1)));
      expect(Versions.every(({ State }) => State === undefined)).toBe(true);
      expect(Versions.every(({ VpcConfig }) => VpcConfig?.VpcId === APPROVED_VPC)).toBe(true);
    }

    expect(listed).toEqual([
      ['$LATEST', '1', '2', '3', '4', '5', '6', '7'],
      ['8', '9', '10', '11'],
    ]);
  });

  it('are in the list of functions on request, each of each function', async () => {
    await account.client.send(
      new CreateFunctionCommand({ FunctionName: 'f-1', ...MINIMAL, Publish: true }),
    );
    await publish();
    const every = (input: object) =>
      account.client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL', ...input }));

    const first = await every({ MaxItems: 3 });
    const second = await every({ MaxItems: 3, Marker: first.NextMarker });
    const { Functions: latest = [] } = await account.client.send(new ListFunctionsCommand({}));

    const listed = [first, second].map(({ Functions = [] }) =>
      Functions.map(({ FunctionArn, State }) => [
        FunctionArn?.split(':').slice(6).join(':'),
        State,
      ]),
    );
    expect(listed).toEqual([
      [
        ['f:$LATEST', undefined],
        ['f:1', undefined],
        ['f-1:$LATEST', undefined],
      ],
      [['f-1:1', undefined]],
    ]);
    expect(second.NextMarker).toBeUndefined();
    expect(latest.map(({ FunctionArn }) => FunctionArn)).toEqual([ARN, `${ARN}-1`]);
  });

  it('are deleted one by one, and their numbers never come back', async () => {
    await publish();
    await advance(2);
    const answer = await remove('1');
    const recorded = account.lastEvent();

    const next = await publish();

    expect(answer.$metadata.httpStatusCode).toBe(204);
    expect(recorded).toMatchObject({
      eventName: 'DeleteFunction20150331',
      requestParameters: { functionName: 'f', qualifier: '1' },
      responseElements: null,
    });
    expect(next.Version).toBe('2');
    expect(await list()).toEqual(['$LATEST', '2']);
  });

  it('are not deleted while an alias sends invocations to them', async () => {
    await publish();
    await update({ Timeout: 60 });
    await advance(75);
    await publish();
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
    const alias = { FunctionName: 'f', Name: 'live', FunctionVersion: '1', RoutingConfig };
    await account.client.send(new CreateAliasCommand(alias));

    for (const version of ['1', '2']) {
      await expect(remove(version)).rejects.toMatchObject({
        name: 'ResourceConflictException',
        message: 'Unable to delete version because the following aliases reference it: [live]',
        $metadata: { httpStatusCode: 409 },
      });
    }
    expect(await list()).toEqual(['$LATEST', '1', '2']);
  });

  it('are not deleted by anything but their number', async () => {
    await publish();

    await expect(remove('$LATEST')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: '$LATEST version cannot be deleted without deleting the function.',
    });
    await expect(remove('live')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'Deletion of aliases is not currently supported.',
    });
    await expect(remove('7')).resolves.toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(
      account.client.send(new DeleteFunctionCommand({ FunctionName: 'nobody', Qualifier: '1' })),
    ).rejects.toThrow(/Function not found: .+:nobody:1$/);
    expect(await list()).toEqual(['$LATEST', '1']);
  });

  it('are gone with their function', async () => {
    await publish();
    await remove();
    await account.client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL }));

    expect(await list()).toEqual(['$LATEST']);
  });

  it('count as code that is stored', async () => {
    const settings = () => account.client.send(new GetAccountSettingsCommand({}));
    const before = await settings();

    await publish();

    const after = await settings();
    expect(after.AccountUsage?.TotalCodeSize).toBe(2 * (before.AccountUsage?.TotalCodeSize ?? 0));
    expect(after.AccountUsage?.FunctionCount).toBe(1);
  });

  it('keep the network interfaces of their subnets and groups', async () => {
    await publish();
    await advance(2);
    await update({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });
    await advance(20 * 60);

    await update({ VpcConfig: ATTACHMENT });
    await advance(2);
    const quick = await read();
    await remove('1');
    await update({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });
    await advance(20 * 60);
    await update({ VpcConfig: ATTACHMENT });
    await advance(74);

    expect(quick.LastUpdateStatus).toBe('Successful');
    expect((await read()).LastUpdateStatus).toBe('InProgress');
  });
});

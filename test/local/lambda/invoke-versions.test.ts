import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from './deployed-code.ts';
import { APPROVED_VPC, FORBIDDEN_GROUP, FORBIDDEN_SUBNET, FORBIDDEN_VPC } from './network.ts';
import { ATTACHMENT, MINIMAL, type SmallAccount, startSmallAccount } from './small-account.ts';

const FORBIDDEN = { SubnetIds: [FORBIDDEN_SUBNET], SecurityGroupIds: [FORBIDDEN_GROUP] };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const DAY_MS = 24 * 3_600_000;

describe('Invoke of a version', () => {
  let account: SmallAccount;
  const invoke = async (Qualifier?: string, input: Partial<InvokeCommandInput> = {}) => {
    const answer = await account.client.send(
      new InvokeCommand({ FunctionName: 'f', Qualifier, ...input }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    return { ...answer, json: text === '' ? undefined : JSON.parse(text) };
  };
  const read = (Qualifier?: string) =>
    account.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f', Qualifier }));
  const advance = (ms: number) => account.core.clock.advance(ms);

  beforeEach(async () => {
    account = await startSmallAccount();
    await account.client.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        ...MINIMAL,
        VpcConfig: ATTACHMENT,
        Publish: true,
      }),
    );
    await advance(75_000);
    await account.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'f', VpcConfig: FORBIDDEN }),
    );
    await advance(75_000);
    await account.client.send(new PublishVersionCommand({ FunctionName: 'f' }));
    await advance(2000);
    const alias = { FunctionName: 'f', Name: 'live', FunctionVersion: '1' };
    await account.client.send(new CreateAliasCommand(alias));
  });
  afterEach(async () => {
    await account.close();
  });

  it('runs in the VPC that the version keeps, by number or by alias', async () => {
    const answers = [await invoke('1'), await invoke('live'), await invoke('2'), await invoke()];

    expect(
      answers.map(({ ExecutedVersion, json }) => [ExecutedVersion, json.servedBy.vpcId]),
    ).toEqual([
      ['1', APPROVED_VPC],
      ['1', APPROVED_VPC],
      ['2', FORBIDDEN_VPC],
      ['$LATEST', FORBIDDEN_VPC],
    ]);
    expect(answers[0]?.json.servedBy).toMatchObject({ version: '1', functionArn: `${ARN}:1` });
    expect(answers.map(({ json }) => json.servedBy.alias)).toEqual([null, 'live', null, null]);
  });

  it('goes by the share of an alias with a weight', async () => {
    await account.client.send(
      new UpdateAliasCommand({
        FunctionName: 'f',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { 2: 1 } },
      }),
    );
    const all = await invoke('live');
    await account.client.send(
      new UpdateAliasCommand({
        FunctionName: 'f',
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: { 2: 0 } },
      }),
    );

    expect(all.ExecutedVersion).toBe('2');
    expect((await invoke('live')).ExecutedVersion).toBe('1');
  });

  it('is refused where there is no such version', async () => {
    await expect(invoke('7')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${ARN}:7`,
    });
  });

  it('is throttled with the function by a reservation of 0', async () => {
    await account.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 0 }),
    );

    for (const qualifier of ['1', '2', 'live', undefined]) {
      await expect(invoke(qualifier)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    }
  });

  it('keeps that version from idleness, and no other', async () => {
    await advance(13 * DAY_MS);
    await invoke('live');
    await advance(2 * DAY_MS);

    expect(await read('1')).toMatchObject({ State: 'Active' });
    expect(await read('2')).toMatchObject({ State: 'Inactive', StateReasonCode: 'Idle' });
    await expect(invoke('2')).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
    expect(await read('2')).toMatchObject({ State: 'Pending', StateReasonCode: 'Restoring' });
    await advance(75_000);
    expect(await invoke('2')).toMatchObject({ ExecutedVersion: '2' });
  });

  it('loses an event whose version is deleted before it is ready', async () => {
    await advance(15 * DAY_MS);
    await invoke('2', { InvocationType: 'Event' });
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'f', Qualifier: '2' }));

    await expect(advance(DAY_MS)).resolves.toBeUndefined();
  });

  it('tells deployed code its version, in an environment of its own', async () => {
    account.objects.set(
      'assets/tell.zip',
      zipOf(
        'let calls = 0; export const handler = async (event, context) => [context.functionVersion, process.env.AWS_LAMBDA_FUNCTION_VERSION, ++calls];',
      ),
    );
    await account.client.send(
      new CreateFunctionCommand({
        FunctionName: 'tell',
        ...MINIMAL,
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'tell.zip' },
        Publish: true,
      }),
    );
    await advance(2000);
    const tell = (Qualifier?: string) =>
      invoke(Qualifier, { FunctionName: 'tell', LogType: 'Tail' });

    const answers = [await tell('1'), await tell(), await tell('1')];

    expect(answers.map(({ json }) => json)).toEqual([
      ['1', '1', 1],
      ['$LATEST', '$LATEST', 1],
      ['1', '1', 2],
    ]);
    expect(Buffer.from(answers[0]?.LogResult ?? '', 'base64').toString('utf8')).toMatch(
      /^START RequestId: \S+ Version: 1\n/,
    );
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'tell' }));
    await account.core.clock.settle();
  });

  it('is what other services of the account get too', async () => {
    const outcome = await account.service.functions.invoke({
      functionName: `${ARN}:live`,
      payload: '{}',
      requestId: 'r',
    });

    expect(JSON.parse(outcome.payload).servedBy.version).toBe('1');
  });
});

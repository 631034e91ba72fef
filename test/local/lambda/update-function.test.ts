import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPROVED_VPC, FORBIDDEN_GROUP, FORBIDDEN_SUBNET, FORBIDDEN_VPC } from './network.ts';
import { ATTACHMENT, MINIMAL, type SmallAccount, startSmallAccount } from './small-account.ts';

const FORBIDDEN = { SubnetIds: [FORBIDDEN_SUBNET], SecurityGroupIds: [FORBIDDEN_GROUP] };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:f';

describe('a function that exists', () => {
  let account: SmallAccount;
  const update = (input: Partial<UpdateFunctionConfigurationCommandInput>) =>
    account.client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', ...input }));
  const read = () =>
    account.client.send(new GetFunctionConfigurationCommand({ FunctionName: 'f' }));
  const invoke = async () => {
    const answer = await account.client.send(new InvokeCommand({ FunctionName: 'f' }));
    return JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8'));
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

  it('is in progress after a change, under a new revision that changes again at its end', async () => {
    const before = await read();

    const answer = await update({ VpcConfig: FORBIDDEN });
    await advance(75);
    const after = await read();

    expect(answer).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReason: 'The function is being created.',
      LastUpdateStatusReasonCode: 'Creating',
      VpcConfig: { ...FORBIDDEN, VpcId: FORBIDDEN_VPC },
    });
    expect(after).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
    expect(after.LastUpdateStatusReasonCode).toBeUndefined();
    expect(new Set([before.RevisionId, answer.RevisionId, after.RevisionId]).size).toBe(3);
  });

  it('serves from its previous VPC until the change is complete', async () => {
    await update({ VpcConfig: FORBIDDEN });

    const during = await invoke();
    await advance(75);
    const after = await invoke();

    expect(during.servedBy).toMatchObject({ vpcId: APPROVED_VPC });
    expect(after.servedBy).toMatchObject({ vpcId: FORBIDDEN_VPC, subnetIds: [FORBIDDEN_SUBNET] });
  });

  it('keeps its VPC settings when a change does not name them', async () => {
    const answer = await update({ Timeout: 60, Environment: { Variables: { A: 'b' } } });

    expect(answer).toMatchObject({ Timeout: 60, VpcConfig: ATTACHMENT });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'UpdateFunctionConfiguration20150331v2',
      requestParameters: { functionName: 'f', timeout: 60, environment: {} },
      responseElements: {
        lastUpdateStatusReasonCode: 'Creating',
        vpcConfig: { vpcId: APPROVED_VPC },
      },
    });
    expect(account.lastEvent()['requestParameters']).not.toHaveProperty('vpcConfig');
  });

  it('keeps subnets and groups where only dual stack is named', async () => {
    await expect(update({ VpcConfig: { Ipv6AllowedForDualStack: true } })).rejects.toThrow(
      /dual-stack/,
    );
    await expect(update({ VpcConfig: {} })).resolves.toMatchObject({ VpcConfig: ATTACHMENT });
  });

  it('is detached by empty lists', async () => {
    const answer = await update({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } });
    await advance(1);

    expect(answer.VpcConfig).toMatchObject({ SubnetIds: [], SecurityGroupIds: [], VpcId: '' });
    expect((await read()).VpcConfig?.VpcId).toBe('');
    expect((await invoke()).servedBy.vpcId).toBeNull();
  });

  it('refuses subnets without groups', async () => {
    await expect(update({ VpcConfig: { SubnetIds: ATTACHMENT.SubnetIds } })).rejects.toThrow(
      'SubnetIds and SecurityIds must coexist or be both empty list.',
    );
  });

  it('makes network interfaces anew that nobody used for twenty minutes', async () => {
    await update({ VpcConfig: FORBIDDEN });
    await advance(75 + 20 * 60);
    await update({ VpcConfig: ATTACHMENT });
    await advance(74);

    expect(await read()).toMatchObject({ LastUpdateStatus: 'InProgress' });
  });

  it('refuses a stale revision', async () => {
    const { RevisionId } = await read();
    await update({ Timeout: 60, RevisionId });
    await advance(1);

    await expect(update({ Timeout: 61, RevisionId })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
      message: expect.stringContaining('does not match the latest Revision Id'),
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('refuses further changes and tags while one is in progress', async () => {
    await update({ VpcConfig: FORBIDDEN });
    const refused = {
      name: 'ResourceConflictException',
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${ARN}`,
      $metadata: { httpStatusCode: 409 },
    };
    const code = new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Buffer.from('zip') });

    await expect(update({ Timeout: 60 })).rejects.toMatchObject(refused);
    await expect(account.client.send(code)).rejects.toMatchObject(refused);
    await expect(
      account.client.send(new TagResourceCommand({ Resource: ARN, Tags: { a: 'b' } })),
    ).rejects.toMatchObject(refused);
  });

  it('refuses changes and invocations while it is being created', async () => {
    await account.client.send(new CreateFunctionCommand({ FunctionName: 'g', ...MINIMAL }));
    const pending =
      'The operation cannot be performed at this time. The function is currently in the following state: Pending';

    await expect(update({ FunctionName: 'g', Timeout: 60 })).rejects.toThrow(pending);
    await expect(
      account.client.send(new InvokeCommand({ FunctionName: 'g' })),
    ).rejects.toMatchObject({ name: 'ResourceConflictException', message: pending });
  });

  it('gets new code, and records that without the code', async () => {
    const before = await read();

    const answer = await account.client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'f',
        ZipFile: Buffer.from('other'),
        Architectures: ['arm64'],
      }),
    );

    expect(answer.CodeSha256).not.toBe(before.CodeSha256);
    expect(answer).toMatchObject({ CodeSize: 5, Architectures: ['arm64'] });
    expect(account.lastEvent()).toMatchObject({
      eventName: 'UpdateFunctionCode20150331v2',
      requestParameters: {
        functionName: 'f',
        dryRun: false,
        publish: false,
        fullyQualifiedArn: {
          arnPrefix: { partition: 'aws', region: 'us-east-1', account: '123456789012' },
          relativeId: { functionName: 'f' },
          functionQualifier: {},
        },
      },
    });
  });

  it('stays as it is after a dry run of new code', async () => {
    const before = await read();

    const command = { FunctionName: 'f', ZipFile: Buffer.from('other'), DryRun: true };
    await account.client.send(new UpdateFunctionCodeCommand(command));

    expect((await read()).CodeSha256).toBe(before.CodeSha256);
  });

  it('refuses an image in place of its zip file', async () => {
    const command = new UpdateFunctionCodeCommand({ FunctionName: 'f', ImageUri: 'image' });

    await expect(account.client.send(command)).rejects.toThrow(/package type/);
  });

  it('refuses a role that does not exist, and takes one that does', async () => {
    account.role('other-role');
    const other = 'arn:aws:iam::123456789012:role/other-role';

    await expect(update({ Role: `${other}s` })).rejects.toThrow(/cannot be assumed/);
    await expect(update({ Role: other, VpcConfig: ATTACHMENT })).rejects.toThrow(
      /CreateNetworkInterface on EC2/,
    );
    await expect(update({ Role: other })).resolves.toMatchObject({ Role: other });
  });

  it('takes and loses tags, whose keys keep their case on the trail', async () => {
    await account.client.send(
      new TagResourceCommand({ Resource: ARN, Tags: { Team: 'pay', a: '1', b: '2' } }),
    );
    const tagged = account.lastEvent();
    await account.client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'b'] }));
    const untagged = account.lastEvent();

    const { Tags } = await account.client.send(new ListTagsCommand({ Resource: ARN }));

    expect(Tags).toEqual({ Team: 'pay' });
    expect(tagged).toMatchObject({
      eventName: 'TagResource20170331v2',
      requestParameters: { resource: ARN, tags: { Team: 'pay', a: '1', b: '2' } },
      responseElements: null,
    });
    expect(untagged).toMatchObject({
      eventName: 'UntagResource20170331v2',
      requestParameters: { resource: ARN, tagKeys: ['a', 'b'] },
    });
  });

  it('is gone after its deletion, with a record that answers nothing', async () => {
    const answer = await account.client.send(new DeleteFunctionCommand({ FunctionName: ARN }));

    expect(answer.$metadata.httpStatusCode).toBe(204);
    expect(account.lastEvent()).toMatchObject({
      eventName: 'DeleteFunction20150331',
      requestParameters: { functionName: ARN },
      responseElements: null,
    });
    await expect(read()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${ARN}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('does not finish the change of a namesake that was deleted', async () => {
    await update({ VpcConfig: FORBIDDEN });
    await account.client.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    await advance(74.5);
    await account.client.send(new CreateFunctionCommand({ FunctionName: 'f', ...MINIMAL }));

    await advance(0.5);

    expect(await read()).toMatchObject({ State: 'Pending' });
  });

  it.each([
    'f',
    'f:$LATEST',
    'function:f',
    '123456789012:function:f',
    'us-east-1:123456789012:function:f',
    ARN,
    `${ARN}:$LATEST`,
  ])('is found under the name %s', async (FunctionName) => {
    const answer = await account.client.send(new GetFunctionCommand({ FunctionName }));

    expect(answer.Configuration?.FunctionName).toBe('f');
    expect(answer.Configuration?.FunctionArn).toBe(
      FunctionName.endsWith('$LATEST') ? `${ARN}:$LATEST` : ARN,
    );
  });

  it.each([
    ['f:7', `Function not found: ${ARN}:7`],
    [
      '999999999999:function:f',
      'Function not found: arn:aws:lambda:us-east-1:999999999999:function:f',
    ],
    [
      'eu-west-1:123456789012:function:f',
      "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    ],
  ])('is not found under the name %s', async (FunctionName, message) => {
    await expect(account.client.send(new GetFunctionCommand({ FunctionName }))).rejects.toThrow(
      message,
    );
  });
});

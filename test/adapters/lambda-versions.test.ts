import {
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadAliases, createReadVersions } from '../../functions/adapters/lambda-versions.ts';
import { DETACHED } from '../../functions/core/attachment.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';

const lambda = mockClient(LambdaClient);
const client = new LambdaClient({ region: 'us-east-1' });
const readVersions = createReadVersions(client);
const readAliases = createReadAliases(client);

beforeEach(() => {
  lambda.reset();
  lambda.on(ListAliasesCommand).resolves({ Aliases: [] });
  lambda.on(ListVersionsByFunctionCommand).resolves({ Versions: [] });
});

describe('readVersions', () => {
  it('answers the attachment that each version keeps, but not $LATEST', async () => {
    lambda.on(ListVersionsByFunctionCommand, { FunctionName: ARN }).resolves({
      Versions: [
        { Version: '$LATEST' },
        {
          Version: '1',
          VpcConfig: {
            VpcId: 'vpc-1',
            SubnetIds: ['subnet-2', 'subnet-1'],
            SecurityGroupIds: ['sg-1'],
            Ipv6AllowedForDualStack: true,
          },
          Environment: { Variables: { PASSWORD: 'hunter2' } },
        },
        { Version: '3', VpcConfig: { VpcId: '', SubnetIds: [], SecurityGroupIds: [] } },
        { Version: '4' },
      ],
    });

    expect(await readVersions(ARN)).toStrictEqual([
      {
        version: '1',
        attachment: {
          vpcId: 'vpc-1',
          subnetIds: ['subnet-1', 'subnet-2'],
          securityGroupIds: ['sg-1'],
          ipv6AllowedForDualStack: true,
        },
        aliases: [],
      },
      { version: '3', attachment: DETACHED, aliases: [] },
      { version: '4', attachment: DETACHED, aliases: [] },
    ]);
  });

  it('names the aliases of each version, one with a weight at both of its versions', async () => {
    lambda
      .on(ListVersionsByFunctionCommand)
      .resolves({ Versions: [{ Version: '1' }, { Version: '2' }, { Version: '3' }] });
    lambda.on(ListAliasesCommand, { FunctionName: ARN }).resolves({
      Aliases: [
        { Name: 'prod', FunctionVersion: '1' },
        {
          Name: 'canary',
          FunctionVersion: '1',
          RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
        },
        { Name: 'next', FunctionVersion: '$LATEST' },
        { FunctionVersion: '1' },
      ],
    });

    const versions = await readVersions(ARN);

    expect(versions.map(({ version, aliases }) => [version, aliases])).toStrictEqual([
      ['1', ['canary', 'prod']],
      ['2', ['canary']],
      ['3', []],
    ]);
  });

  it('follows the pages of both lists', async () => {
    lambda
      .on(ListVersionsByFunctionCommand, { FunctionName: ARN, MaxItems: 50, Marker: undefined })
      .resolves({ Versions: [{ Version: '1' }], NextMarker: 'more' })
      .on(ListVersionsByFunctionCommand, { FunctionName: ARN, MaxItems: 50, Marker: 'more' })
      .resolves({ Versions: [{ Version: '2' }] });
    lambda
      .on(ListAliasesCommand, { FunctionName: ARN, MaxItems: 50, Marker: undefined })
      .resolves({ Aliases: [{ Name: 'a', FunctionVersion: '2' }], NextMarker: 'more' })
      .on(ListAliasesCommand, { FunctionName: ARN, MaxItems: 50, Marker: 'more' })
      .resolves({ Aliases: [{ Name: 'b', FunctionVersion: '2' }] });

    const versions = await readVersions(ARN);

    expect(versions.map(({ version, aliases }) => [version, aliases])).toStrictEqual([
      ['1', []],
      ['2', ['a', 'b']],
    ]);
  });

  it('answers none where the lists are absent', async () => {
    lambda.on(ListVersionsByFunctionCommand).resolves({});
    lambda.on(ListAliasesCommand).resolves({});

    expect(await readVersions(ARN)).toStrictEqual([]);
  });

  it.each([
    ['versions', ListVersionsByFunctionCommand],
    ['aliases', ListAliasesCommand],
  ])('answers none when there is no such function to list the %s of', async (_what, Command) => {
    lambda.on(ListVersionsByFunctionCommand).resolves({ Versions: [{ Version: '1' }] });
    lambda.on(Command).rejects(awsError('ResourceNotFoundException', 404));

    expect(await readVersions(ARN)).toStrictEqual([]);
  });

  it.each([
    ['AccessDeniedException', 403, ListVersionsByFunctionCommand],
    ['TooManyRequestsException', 429, ListAliasesCommand],
    ['ServiceException', 500, ListVersionsByFunctionCommand],
    ['TimeoutError', undefined, ListAliasesCommand],
  ])('throws OBSERVATION_FAILED at %s', async (name, status, Command) => {
    lambda.on(Command).rejects(awsError(name, status));

    await expect(readVersions(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the versions of function \`orders-api\`: ${name}: because`,
    });
  });

  it('throws OBSERVATION_FAILED at a version without a number', async () => {
    lambda.on(ListVersionsByFunctionCommand).resolves({ Versions: [{}] });

    await expect(readVersions(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: expect.stringContaining('the answer has no Version'),
    });
  });
});

describe('readAliases', () => {
  it('names them by every version that they send invocations to, over all pages', async () => {
    lambda
      .on(ListAliasesCommand, { FunctionName: ARN, MaxItems: 50, Marker: undefined })
      .resolves({
        Aliases: [
          { Name: 'prod', FunctionVersion: '1' },
          {
            Name: 'canary',
            FunctionVersion: '1',
            RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
          },
          { FunctionVersion: '3' },
        ],
        NextMarker: 'more',
      })
      .on(ListAliasesCommand, { FunctionName: ARN, MaxItems: 50, Marker: 'more' })
      .resolves({ Aliases: [{ Name: 'dev', FunctionVersion: '$LATEST' }, { Name: 'astray' }] });

    expect([...(await readAliases(ARN))].sort()).toEqual([
      ['$LATEST', ['dev']],
      ['1', ['canary', 'prod']],
      ['2', ['canary']],
    ]);
    expect(lambda).toHaveReceivedCommandTimes(ListVersionsByFunctionCommand, 0);
  });

  it('answers none where there are none, and where there is no such function', async () => {
    lambda.on(ListAliasesCommand).resolves({});
    expect(await readAliases(ARN)).toEqual(new Map());

    lambda.on(ListAliasesCommand).rejects(awsError('ResourceNotFoundException', 404));
    expect(await readAliases(ARN)).toEqual(new Map());
  });

  it.each([
    ['AccessDeniedException', 403],
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
    ['TimeoutError', undefined],
  ])('throws OBSERVATION_FAILED at %s', async (name, status) => {
    lambda.on(ListAliasesCommand).rejects(awsError(name, status));

    await expect(readAliases(ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: `could not read the aliases of function \`orders-api\`: ${name}: because`,
    });
  });
});

import { IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StackAccount, startStackAccount } from './stack-account.ts';

let stacks: StackAccount;
let lambda: LambdaClient;
let iam: IAMClient;

beforeAll(async () => {
  stacks = await startStackAccount();
  lambda = new LambdaClient(stacks.account.settings());
  iam = new IAMClient(stacks.account.settings());
});

afterAll(async () => {
  lambda.destroy();
  iam.destroy();
  await stacks.close();
});

const FUNCTION = `
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: versioned
      Role: arn:aws:iam::123456789012:role/lambda-role
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { ZipFile: "exports.handler = async () => 1;" }
      VpcConfig:
        SubnetIds: [subnet-071f712345678e7c8]
        SecurityGroupIds: [sg-085912345678492fb]
      Timeout: $TIMEOUT
`;

describe('versions and aliases', () => {
  const template = (timeout: number, version: string, alias: string) =>
    `${FUNCTION.replace('$TIMEOUT', `${timeout}`)}
  ${version}:
    Type: AWS::Lambda::Version
    DeletionPolicy: Retain
    Properties: { FunctionName: !Ref Function, Description: ${version} }
  Alias:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Function
      FunctionVersion: !GetAtt ${version}.Version
      Name: live
${alias}
Outputs:
  Version: { Value: !Ref ${version} }
  Alias: { Value: !Sub "\${Alias} \${Alias.AliasArn}" }
`;
  const aliasNow = () =>
    lambda.send(new GetAliasCommand({ FunctionName: 'versioned', Name: 'live' }));

  it('are made once the function is ready', async () => {
    await stacks.create('versions', template(3, 'First', '      Description: all of it'));

    expect(await stacks.failures('versions')).toEqual([]);
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:versioned';
    expect(await stacks.outputs('versions')).toEqual({
      Version: `${arn}:1`,
      Alias: `${arn}:live ${arn}:live`,
    });
    expect(await aliasNow()).toMatchObject({ FunctionVersion: '1', Description: 'all of it' });
  });

  it('move on with the function, and the old version stays where it is retained', async () => {
    const weights = `      RoutingConfig:
        AdditionalVersionWeights: [{ FunctionVersion: "1", FunctionWeight: 0.1 }]`;

    await stacks.update('versions', template(5, 'Second', weights));

    expect(await stacks.failures('versions')).toEqual([]);
    expect(await aliasNow()).toMatchObject({
      FunctionVersion: '2',
      Description: '',
      RoutingConfig: { AdditionalVersionWeights: { 1: 0.1 } },
    });
    const { Versions = [] } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: 'versioned' }),
    );
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
  });

  it('go with the function', async () => {
    expect((await stacks.remove('versions')).StackStatus).toBe('DELETE_COMPLETE');
    await expect(aliasNow()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('managed policies', () => {
  const template = (policies: string, holders: string, action = 's3:GetObject') => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: managed
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
      ManagedPolicyArns: ${policies}
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Path: /team/
      Roles: ${holders}
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{ Effect: Allow, Action: "${action}", Resource: "*" }]
Outputs:
  Policy: { Value: !Sub "\${Policy} \${Policy.PolicyArn}" }
`;
  const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const ACCESS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
  const attached = async () => {
    const command = new ListAttachedRolePoliciesCommand({ RoleName: 'managed' });
    const { AttachedPolicies = [] } = await iam.send(command);
    return AttachedPolicies.map(({ PolicyArn = '' }) => PolicyArn.replace(/-[A-Z0-9]{12}$/, ''));
  };
  const OWN = 'arn:aws:iam::123456789012:policy/team/policies-Policy';

  it('are attached to roles, by either end', async () => {
    await stacks.create('policies', template(`[${BASIC}]`, '[!Ref Role]'));

    expect(await stacks.failures('policies')).toEqual([]);
    expect(await attached()).toEqual([BASIC, OWN]);
    expect((await stacks.outputs('policies'))['Policy']).toMatch(
      /^(arn:aws:iam::123456789012:policy\/team\/policies-Policy-\w+) \1$/,
    );
  });

  it('are moved in place, and replaced where the document changes', async () => {
    const { Policy: before } = await stacks.outputs('policies');
    await stacks.update('policies', template(`[${ACCESS}]`, '[]'));
    expect(await attached()).toEqual([ACCESS]);
    expect(await stacks.outputs('policies')).toEqual({ Policy: before });

    await stacks.update('policies', template(`[${ACCESS}]`, '[!Ref Role]', 's3:*'));

    expect(await attached()).toEqual([ACCESS, OWN]);
    expect(await stacks.outputs('policies')).not.toEqual({ Policy: before });
  });

  it('are detached before role and policy go', async () => {
    const stack = await stacks.remove('policies');

    expect(await stacks.failures(stack.StackId ?? '')).toEqual([]);
    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
  });
});

import { type ContextEntry, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadFunctionCode, createReadRole } from '../../functions/adapters/iam.ts';
import { FUNCTION_CODE_ACTIONS, ROLE_ACTIONS } from '../../functions/core/interface-actions.ts';
import { awsError } from '../support/aws-error.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/team/runner';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const CALLER: ContextEntry[] = [
  { ContextKeyName: 'aws:PrincipalArn', ContextKeyType: 'string', ContextKeyValues: [ROLE_ARN] },
  {
    ContextKeyName: 'aws:PrincipalAccount',
    ContextKeyType: 'string',
    ContextKeyValues: ['123456789012'],
  },
];

const iam = mockClient(IAMClient);
const readRole = createReadRole({ region: 'us-east-1' });
const readFunctionCode = createReadFunctionCode({ region: 'us-east-1' });

beforeEach(() => {
  iam.reset();
});

describe('readRole', () => {
  it('asks once for every action, on everything and from no function code', async () => {
    answer(ROLE_ACTIONS.map((action) => allowed(action)));

    expect(await readRole(ROLE_ARN)).toEqual({ denied: [], undecided: [] });
    const [call, ...others] = iam.commandCalls(SimulatePrincipalPolicyCommand);
    expect(others).toEqual([]);
    expect(call?.args[0].input).toMatchObject({
      PolicySourceArn: ROLE_ARN,
      ActionNames: ROLE_ACTIONS,
      ContextEntries: CALLER,
    });
    expect(call?.args[0].input.ResourceArns).toBeUndefined();
  });

  it('names what is not allowed in a fixed order, whichever way it is denied', async () => {
    answer([
      denied('ec2:UnassignPrivateIpAddresses', 'explicitDeny'),
      denied('ec2:DescribeSubnets', 'implicitDeny'),
      ...ROLE_ACTIONS.filter((action) => !/Unassign|Subnets/.test(action)).map(allowed),
    ]);

    expect(await readRole(ROLE_ARN)).toEqual({
      denied: ['ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'],
      undecided: [],
    });
  });

  it('misses nothing that is on a later page', async () => {
    const results = ROLE_ACTIONS.map((action) => allowed(action));
    iam
      .on(SimulatePrincipalPolicyCommand)
      .resolves({ EvaluationResults: results.slice(0, 2), IsTruncated: true, Marker: 'two' })
      .on(SimulatePrincipalPolicyCommand, { Marker: 'two' })
      .resolves({ IsTruncated: true, Marker: 'three' })
      .on(SimulatePrincipalPolicyCommand, { Marker: 'three' })
      .resolves({ EvaluationResults: results.slice(2), IsTruncated: false });

    expect(await readRole(ROLE_ARN)).toEqual({ denied: [], undecided: [] });
    expect(iam).toHaveReceivedCommandTimes(SimulatePrincipalPolicyCommand, 3);
  });

  it.each([
    ['one that nobody can give', ['ec2:Vpc'], true],
    ['the one that calls of Lambda itself lack', ['Lambda:sourcefunctionarn'], false],
    ['both', ['lambda:SourceFunctionArn', 'ec2:Vpc'], true],
  ])('says whether a denial is decided where a key is missing: %s', async (_, keys, isOpen) => {
    const [first, ...others] = ROLE_ACTIONS;
    answer([
      { ...denied(first, 'implicitDeny'), MissingContextValues: keys },
      ...others.map((action) => ({ ...allowed(action), MissingContextValues: keys })),
    ]);

    expect(await readRole(ROLE_ARN)).toEqual({ denied: [first], undecided: isOpen ? [first] : [] });
  });

  it('takes an action that is not answered for denied and undecided', async () => {
    const [first, ...others] = ROLE_ACTIONS;
    answer([...others.map(allowed), { ...allowed(first), EvalActionName: undefined }]);

    expect(await readRole(ROLE_ARN)).toEqual({ denied: [first], undecided: [first] });
  });

  it.each(['NoSuchEntity', 'NoSuchEntityException'])(
    'finds no role where AWS answers %s',
    async (name) => {
      iam.on(SimulatePrincipalPolicyCommand).rejects(awsError(name, 404));

      expect(await readRole(ROLE_ARN)).toBeUndefined();
    },
  );

  it.each(['Throttling', 'AccessDenied', 'InvalidInputException', 'PolicyEvaluationException'])(
    'throws OBSERVATION_FAILED when AWS answers %s',
    async (name) => {
      iam.on(SimulatePrincipalPolicyCommand).rejects(awsError(name, 400));

      await expect(readRole(ROLE_ARN)).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: `could not simulate the policies of role \`${ROLE_ARN}\`: ${name}: because`,
      });
    },
  );

  it('throws OBSERVATION_FAILED when a later page fails', async () => {
    iam
      .on(SimulatePrincipalPolicyCommand)
      .resolvesOnce({ EvaluationResults: [], IsTruncated: true, Marker: 'more' })
      .rejects(awsError('Throttling', 400));

    await expect(readRole(ROLE_ARN)).rejects.toMatchObject({ code: 'OBSERVATION_FAILED' });
  });
});

describe('readFunctionCode', () => {
  it('asks as the code of the function, and names what it may call in a fixed order', async () => {
    answer([
      allowed('ec2:DetachNetworkInterface'),
      allowed('ec2:DeleteNetworkInterface'),
      ...FUNCTION_CODE_ACTIONS.filter((action) => !/Detach|Delete/.test(action)).map((action) =>
        denied(action, 'explicitDeny'),
      ),
    ]);

    expect(await readFunctionCode(ROLE_ARN, FUNCTION_ARN)).toEqual({
      allowed: ['ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface'],
      undecided: [],
    });
    expect(iam).toHaveReceivedCommandTimes(SimulatePrincipalPolicyCommand, 1);
    expect(iam).toHaveReceivedCommandWith(SimulatePrincipalPolicyCommand, {
      PolicySourceArn: ROLE_ARN,
      ActionNames: [...FUNCTION_CODE_ACTIONS],
      ContextEntries: [
        ...CALLER,
        {
          ContextKeyName: 'lambda:SourceFunctionArn',
          ContextKeyType: 'string',
          ContextKeyValues: [FUNCTION_ARN],
        },
      ],
    });
  });

  it('says which denials turn on a value that nobody gave', async () => {
    const [first, second, ...others] = FUNCTION_CODE_ACTIONS;
    answer([
      { ...denied(first, 'implicitDeny'), MissingContextValues: ['ec2:Vpc'] },
      ...others.map((action) => denied(action, 'implicitDeny')),
    ]);

    expect(await readFunctionCode(ROLE_ARN, FUNCTION_ARN)).toEqual({
      allowed: [],
      undecided: [first, second],
    });
  });

  it('finds no role that does not exist', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsError('NoSuchEntityException', 404));

    expect(await readFunctionCode(ROLE_ARN, FUNCTION_ARN)).toBeUndefined();
  });

  it('throws OBSERVATION_FAILED when the call fails', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsError('ServiceFailureException', 500));

    await expect(readFunctionCode(ROLE_ARN, FUNCTION_ARN)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});

interface Result {
  readonly EvalActionName: string | undefined;
  readonly EvalDecision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly MissingContextValues?: string[];
}

function answer(EvaluationResults: Result[]): void {
  iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults, IsTruncated: false });
}

function allowed(EvalActionName: string): Result {
  return { EvalActionName, EvalDecision: 'allowed' };
}

function denied(
  EvalActionName: string,
  EvalDecision: Exclude<Result['EvalDecision'], 'allowed'>,
): Result {
  return { EvalActionName, EvalDecision };
}

import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetCapacityProviderCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { clientSettings, lambdaClient } from '../../functions/runtime/clients.ts';
import { createFactPorts } from '../../functions/runtime/fact-ports.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const ec2 = mockClient(EC2Client);
const iam = mockClient(IAMClient);
const lambda = mockClient(LambdaClient);
const quotas = mockClient(ServiceQuotasClient);

let nowMs = 0;

function createPorts() {
  return createFactPorts({ settings: clientSettings, lambdaClient, nowMs: () => nowMs });
}

beforeEach(() => {
  nowMs = 1_000_000;
  for (const mock of [ec2, iam, lambda, quotas]) mock.reset();
  ec2.onAnyCommand().resolves({});
});

function networkReads(): number {
  return ec2.commandCalls(DescribeSubnetsCommand).length;
}

describe('readNetwork', () => {
  it('remembers a network for a minute', async () => {
    const { readNetwork } = createPorts();
    await readNetwork(['vpc-1'], false);
    nowMs += 59_999;
    await readNetwork(['vpc-1'], false);
    expect(networkReads()).toBe(1);

    nowMs += 1;
    await readNetwork(['vpc-1'], false);
    expect(networkReads()).toBe(2);
  });

  it('goes by what was read just now where it has to be fresh', async () => {
    const { readNetwork } = createPorts();
    await readNetwork(['vpc-1'], false);
    nowMs += 5_000;
    await readNetwork(['vpc-1'], true);
    expect(networkReads()).toBe(1);

    nowMs += 1;
    await readNetwork(['vpc-1'], true);
    await readNetwork(['vpc-1'], false);
    expect(networkReads()).toBe(2);
  });

  it('remembers each set of VPCs by itself', async () => {
    const { readNetwork } = createPorts();
    await readNetwork(['vpc-1'], false);
    await readNetwork(['vpc-1', 'vpc-2'], false);
    await readNetwork('every', false);

    expect(networkReads()).toBe(3);
  });

  it('cannot be known where it may not be read, until it may', async () => {
    const { readNetwork } = createPorts();
    ec2.onAnyCommand().rejects(awsError('UnauthorizedOperation', 403));
    expect(await readNetwork(['vpc-1'], false)).toEqual({
      unknown: expect.stringContaining('UnauthorizedOperation'),
    });

    ec2.onAnyCommand().resolves({});
    expect(await readNetwork(['vpc-1'], false)).toHaveProperty('value');
  });

  it('gives the message back where AWS throttles', async () => {
    ec2.onAnyCommand().rejects(awsError('RequestLimitExceeded', 503));

    await expect(createPorts().readNetwork(['vpc-1'], false)).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
    });
  });
});

describe('readRole', () => {
  it('simulates a role once an hour', async () => {
    iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults: [] });
    const { readRole } = createPorts();
    await Promise.all([readRole(ROLE), readRole(ROLE)]);
    nowMs += 3_599_999;
    await readRole(ROLE);
    expect(iam).toHaveReceivedCommandTimes(SimulatePrincipalPolicyCommand, 1);

    nowMs += 1;
    await readRole(ROLE);
    expect(iam).toHaveReceivedCommandTimes(SimulatePrincipalPolicyCommand, 2);
  });

  it('cannot be known of a role that is gone', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(awsError('NoSuchEntityException', 404));
    const { readRole, readFunctionCode } = createPorts();
    const unknown = `there is no role \`${ROLE}\``;

    expect(await readRole(ROLE)).toEqual({ unknown });
    expect(await readFunctionCode(ROLE, ARN)).toEqual({ unknown });
  });

  it('cannot be known where a condition asks for what nobody can give', async () => {
    iam.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults: [] });

    expect(await createPorts().readRole(ROLE)).toEqual({
      unknown: expect.stringContaining('ec2:CreateNetworkInterface'),
    });
  });
});

describe('the other facts', () => {
  it('say what is not there', async () => {
    lambda.on(GetCapacityProviderCommand).rejects(awsError('ResourceNotFoundException', 404));
    quotas.on(ListServiceQuotasCommand).resolves({ Quotas: [] });
    const ports = createPorts();

    expect(await ports.readCapacityProvider('arn:provider')).toEqual({
      unknown: 'there is no `arn:provider`',
    });
    expect(await ports.readInterfaceQuota()).toEqual({
      unknown: 'Service Quotas lists no quota of network interfaces',
    });
  });
});

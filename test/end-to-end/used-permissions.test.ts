import { DisassociateRouteTableCommand } from '@aws-sdk/client-ec2';
import {
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isByGuardrail } from '../../lib/cli/demo/story.ts';
import { askForRescan } from '../support/asked-rescan.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';
import { readGrantedRole } from '../support/granted-actions.ts';
import {
  type Makers,
  MISFITS_POLICY,
  makeFunction,
  makeMisfits,
  PUBLIC,
  toMakers,
} from '../support/misfits.ts';
import { leadPrivateSubnets } from '../support/network-changes.ts';
import { type NotedNeed, noteNeeds } from '../support/noted-needs.ts';
import { type OwnAssembly, synthesizePolicy } from '../support/own-policy.ts';

const MINUTES_MS = 10 * 60_000;
const TWO_WEEKS_MS = 15 * 24 * 3_600_000;
const POLICY = `${MISFITS_POLICY}
idle: { wake: ["nightly-*"] }
exemptions:
  - functions: ["legacy-*"]
    controls: [LVG.1]
    owner: payments
    reason: moves to the new network with ticket 42
    expires: 2026-12-10
`;

/** No call of the guardrail needs these: Lambda's poller does, and its log; AWS looks, and this account does not. */
const ASKED_BY_AWS = [
  'ec2:GetSecurityGroupsForVpc',
  'lambda:ListTags',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

describe('what the guardrail may do', () => {
  let assembly: OwnAssembly;
  let deployed: DeployedAccount;
  let makers: Makers;
  let sqs: SQSClient;
  let needs: readonly NotedNeed[];

  const pass = (ms = MINUTES_MS) => deployed.account.advance(ms);
  const move = async (FunctionName: string, to: VpcConfig) => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: to });
    await deployed.lambda.send(command);
    await pass();
  };
  const release = (name: string) =>
    deployed.invoke('lambda-vpc-guardrail-release-on-request', {
      function: name,
      reason: 'it is urgent',
      force: true,
    });

  beforeAll(async () => {
    assembly = await synthesizePolicy(POLICY);
    deployed = await startDeployedAccount(assembly.folder);
    needs = noteNeeds(deployed.account);
    makers = toMakers(deployed);
    sqs = new SQSClient(adminOf(deployed.account));
    await makeMisfits(makers);
    await makeFunction(makers, 'nightly-report');
    await liveThroughEverything();
  }, 60_000);

  afterAll(async () => {
    for (const client of [makers.iam, makers.ec2, sqs]) client.destroy();
    await deployed.close();
    await assembly.remove();
  });

  /** Lets everything happen once that the guardrail is for. */
  const liveThroughEverything = async () => {
    const { lambda, outputs } = deployed;
    await makeCaptives();
    await pass(TWO_WEEKS_MS);
    await askForRescan(deployed);
    await pass();
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'captive', Timeout: 30 }),
    );
    for (const name of ['captive', 'captive-with-share']) await release(name);
    await pass();
    await move('good', PUBLIC);
    await move('stray', NETWORK.approved);
    await leadPrivateSubnets(makers, { GatewayId: 'igw-0a1b2c3d4e5f6c002' });
    const AssociationId = 'rtbassoc-071f712345678e7c8';
    await makers.ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    const QueueUrl = outputs['QueueUrl'];
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no JSON' }));
    await pass();
  };

  /** Quarantined functions whose role is judged too. */
  const makeCaptives = async () => {
    const Role = 'arn:aws:iam::123456789012:role/powerful-role';
    for (const name of ['captive', 'captive-with-share']) {
      await makeFunction(makers, name, { VpcConfig: NETWORK.forbidden, Role });
    }
    await pass();
    await deployed.lambda.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: 'captive-with-share',
        ReservedConcurrentExecutions: 5,
      }),
    );
    await pass();
  };

  it.each([
    ['EnforceOnChange', []],
    ['RescanOnRequest', []],
    // What is on a capacity provider is never in quarantine.
    ['ReleaseOnRequest', ['lambda:GetCapacityProvider']],
  ])('as %s is all of use, but %j', async (nameLike, unused) => {
    const { arn, actions } = await readGrantedRole(makers.iam, nameLike);
    const needed = new Set(
      needs.filter(({ principalArn }) => principalArn === arn).map(({ action }) => action),
    );

    const rest = actions.filter((action) => !needed.has(action));

    expect(rest.filter((action) => !ASKED_BY_AWS.includes(action))).toEqual(unused);
  });

  it('is all that it needs', () => {
    const refused = deployed.account.journal.calls.filter(
      (call) => isByGuardrail(call) && /AccessDenied|Unauthorized/.test(call.errorCode ?? ''),
    );

    expect(refused).toEqual([]);
  });
});

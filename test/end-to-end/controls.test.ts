import { DisassociateSubnetCidrBlockCommand } from '@aws-sdk/client-ec2';
import { DetachRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  InvokeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isByGuardrail } from '../../lib/cli/demo/story.ts';
import type { Report } from '../../lib/cli/report/report.ts';
import { INTERFACES_PER_VPC } from '../../lib/local/service-quotas/quotas.ts';
import MISFITS from '../cases/misfits.json' with { type: 'json' };
import { askForRescan, countCalls, verdictOn } from '../support/asked-rescan.ts';
import {
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';
import {
  type Makers,
  MISFITS_POLICY,
  makeFunction,
  makeMisfits,
  PUBLIC,
  toMakers,
} from '../support/misfits.ts';
import { leadPrivateSubnets, makeDualStack } from '../support/network-changes.ts';
import { type OwnAssembly, synthesizePolicy } from '../support/own-policy.ts';

const TWO_WEEKS_MS = 15 * 24 * 3_600_000;
const READS = ['GetFunction', 'ListAliases', 'ListVersionsByFunction'];
const COMPLIANT = { verdict: 'compliant' };

describe('the sixteen controls, deployed', () => {
  let assembly: OwnAssembly;
  let deployed: DeployedAccount;
  let makers: Makers;
  let asked: Report;

  const verdictsOn = (...functions: readonly string[]) =>
    askForRescan(deployed, { functions, verdicts: true });
  const journal = () => deployed.account.journal;
  /** What the guardrail's functions call from here on. */
  const listen = () => {
    const from = journal().calls.length;
    return () => journal().calls.slice(from).filter(isByGuardrail);
  };

  beforeAll(async () => {
    assembly = await synthesizePolicy(MISFITS_POLICY);
    deployed = await startDeployedAccount(assembly.folder);
    makers = toMakers(deployed);
    await makeMisfits(makers);
    asked = await verdictsOn(...new Set(MISFITS.flatMap(({ bad, good }) => [bad, good])));
    await deployed.account.settle();
  }, 60_000);

  afterAll(async () => {
    for (const client of [makers.iam, makers.ec2]) client.destroy();
    await deployed.close();
    await assembly.remove();
  });

  it.each(MISFITS)('$control stands against $bad, not against $good', (row) => {
    const { control, bad, good, says } = row;
    expect(verdictOn(asked, good, control)).toEqual(COMPLIANT);
    expect(verdictOn(asked, bad, control)).toEqual({
      verdict: 'violation',
      reason: expect.stringContaining(says),
    });
    expect(asked.findings).toContainEqual(
      expect.objectContaining({
        functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${bad}`,
        controlId: control,
        verdict: 'violation',
      }),
    );
  });

  it('LVG.11 stands against who is in a VPC whose quota is nearly used up', async () => {
    const judgeUnder = async (quota: number) => {
      deployed.account.quotas.set('lambda', INTERFACES_PER_VPC, quota);
      return verdictOn(await verdictsOn('good'), 'good', 'LVG.11');
    };

    expect(await judgeUnder(5)).toEqual({
      verdict: 'violation',
      reason: expect.stringMatching(/more than 90 % of the 5 .*would share: `defaulted`/),
    });
    expect(await judgeUnder(500)).toEqual(COMPLIANT);
  });

  it('LVG.14 stands against who sends IPv6 once a subnet is no longer dual-stack', async () => {
    // What is remembered of the subnets is older than the function then.
    await deployed.account.advance(20_000);
    const AssociationId = await makeDualStack(makers);
    await deployed.account.advance(600_000);
    const before = await verdictsOn('dual');
    const told = journal().messages.map(({ subject = '' }) => subject);
    await makers.ec2.send(new DisassociateSubnetCidrBlockCommand({ AssociationId }));
    await deployed.account.advance(600_000);

    expect(verdictOn(before, 'dual', 'LVG.14')).toEqual(COMPLIANT);
    expect(verdictOn(before, 'dual', 'LVG.4')).toEqual(COMPLIANT);
    expect(told.filter((subject) => subject.includes('dual'))).toEqual([]);
    expect(verdictOn(await verdictsOn('dual'), 'dual', 'LVG.14')).toEqual({
      verdict: 'violation',
      reason: expect.stringContaining('subnet-071f712345678e7c8'),
    });
  });

  it('cost as many calls for twelve functions as for three, but those about each function', async () => {
    for (let index = 0; index < 12; index += 1) await makeFunction(makers, `f-${index}`);
    const counts: Readonly<Record<string, number>>[] = [];
    for (const functions of [['f-0', 'f-1', 'f-2'], ['f-*']]) {
      // What was simulated is remembered for an hour.
      await deployed.account.advance(2 * 3_600_000);
      const made = listen();
      await askForRescan(deployed, { functions, wake: false });
      counts.push(countCalls(made().filter(({ caller }) => caller.includes('Rescan'))));
    }

    const about = (functions: number) => ({
      'ec2 Describe': 7,
      'servicequotas ListServiceQuotas': 1,
      'lambda ListFunctions': 1,
      // The role once, and for LVG.8 what each function's code may do with it.
      'iam SimulatePrincipalPolicy': 1 + functions,
      'lambda GetFunction': functions,
      'dynamodb BatchGetItem': 1,
      'dynamodb PutItem': 2,
    });
    expect(counts).toEqual([about(3), about(12)]);
  });

  it('LVG.3 has who was moved to a public subnet brought back to where it was', async () => {
    const { account, lambda } = deployed;
    const FunctionName = 'good';
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig: PUBLIC }));
    await account.advance(600_000);

    const { Configuration, Concurrency } = await lambda.send(
      new GetFunctionCommand({ FunctionName }),
    );
    expect(Configuration?.VpcConfig).toMatchObject(NETWORK.approved);
    expect(Concurrency).toBeUndefined();
  });

  it('LVG.3 is told of within a minute of a change of a route, and touches nothing', async () => {
    const made = listen();
    const [from, told] = [journal().invocations.length, journal().messages.length];
    await leadPrivateSubnets(makers, { GatewayId: 'igw-0a1b2c3d4e5f6c002' });
    await deployed.account.advance(60_000);

    const { invocations, messages } = journal();
    const lines = invocations.slice(from).flatMap(({ logLines }) => logLines);
    const [judged] = lines.filter((line) => /"function judged".*:function:good"/.test(line));
    expect(JSON.parse(judged ?? '{}')).toMatchObject({
      verdict: 'violation',
      cause: 'found',
      remediation: 'none',
      findings: expect.arrayContaining([expect.objectContaining({ controlId: 'LVG.3' })]),
    });
    const subjects = messages.slice(told).map(({ subject }) => subject);
    expect(subjects).toContain('[medium] good violates the policy');
    const onFunctions = made().filter(({ service }) => service === 'lambda');
    expect(new Set(onFunctions.map(({ operation }) => operation))).toEqual(new Set(READS));
    await leadPrivateSubnets(makers, { NatGatewayId: 'nat-0a1b2c3d4e5f6c001' });
    await deployed.account.advance(600_000);
  });

  it('LVG.12 and LVG.13 stand against who slept for two weeks, and against whom AWS cannot wake', async () => {
    const { account, lambda } = deployed;
    const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess';
    await makers.iam.send(new DetachRolePolicyCommand({ RoleName: 'rightless-role', PolicyArn }));
    await account.advance(TWO_WEEKS_MS);
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'rightless' }))).rejects.toThrow();
    await account.advance(600_000);

    const report = await verdictsOn('good', 'rightless');

    expect(verdictOn(report, 'good', 'LVG.12').verdict).toBe('violation');
    expect(verdictOn(report, 'good', 'LVG.13')).toEqual(COMPLIANT);
    expect(verdictOn(report, 'rightless', 'LVG.13')).toEqual({
      verdict: 'violation',
      reason: expect.stringMatching(/`Inactive` \(`InsufficientRolePermissions`\)/),
    });
  });

  it('are never without an answer for want of a permission', () => {
    const refused = /AccessDenied|UnauthorizedOperation|not authorized/;
    const { calls, invocations, messages } = journal();
    expect(calls.filter(({ errorCode = '' }) => refused.test(errorCode))).toEqual([]);
    expect(asked.unknown).toEqual([]);
    const lines = invocations.flatMap(({ logLines }) => logLines);
    expect(lines.filter((line) => refused.test(line))).toEqual([]);
    expect(messages.filter((message) => refused.test(JSON.stringify(message)))).toEqual([]);
  });
});

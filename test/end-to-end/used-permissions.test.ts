import { DisassociateRouteTableCommand } from '@aws-sdk/client-ec2';
import {
  DeleteFunctionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isByGuardrail } from '../../lib/cli/demo/story.ts';
import type { AskedOnce } from '../../lib/local/identity/asked-permissions.ts';
import { askForRescan } from '../support/asked-rescan.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';
import type { Grant } from '../support/granted-actions.ts';
import {
  type Makers,
  MISFITS_POLICY,
  makeFunction,
  makeMisfits,
  PUBLIC,
  toMakers,
} from '../support/misfits.ts';
import { leadPrivateSubnets } from '../support/network-changes.ts';
import { type OwnAssembly, synthesizePolicy } from '../support/own-policy.ts';
import {
  documentedGrants,
  documentedWide,
  explainedGrants,
  ROLES,
} from '../support/permissions-page.ts';
import {
  compareUse,
  noteAsked,
  sorted,
  type UsedPermissions,
} from '../support/used-permissions.ts';

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

describe('what the guardrail may do', () => {
  let assembly: OwnAssembly;
  let deployed: DeployedAccount;
  let makers: Makers;
  let sqs: SQSClient;
  let asked: readonly AskedOnce[];

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
    asked = noteAsked(deployed.account);
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
    await deployed.invoke('lambda-vpc-guardrail-sweep-on-schedule', {});
    await pass();
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'captive', Timeout: 30 }),
    );
    for (const name of ['captive', 'captive-with-share']) await release(name);
    await makeAnewOnProvider('born-again');
    await release('born-again');
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
    for (const name of ['captive', 'captive-with-share', 'born-again']) {
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

  /** Its record still says that it is in quarantine until the events of these calls have come. */
  const makeAnewOnProvider = async (FunctionName: string) => {
    await deployed.lambda.send(new DeleteFunctionCommand({ FunctionName }));
    const CapacityProviderArn =
      'arn:aws:lambda:us-east-1:123456789012:capacity-provider:well-hosted-capacity';
    await makeFunction(makers, FunctionName, {
      VpcConfig: undefined,
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn },
      },
    });
  };

  describe.each(ROLES)('as %s', (role) => {
    let compared: UsedPermissions;

    beforeAll(async () => {
      compared = await compareUse(makers.iam, role, asked);
    });

    it('is what docs/permissions.md says, on the same resources', () => {
      expect(sorted([...compared.used, ...compared.unused])).toEqual(
        sorted(documentedGrants(role)),
      );
    });

    it('is all that it needs', () => {
      expect(compared.refused, report(role, compared)).toEqual([]);
    });

    it('is all of use, but for what the page explains', () => {
      expect(sorted(compared.unused), report(role, compared)).toEqual(
        sorted(explainedGrants(role)),
      );
    });
  });

  it('is narrowed to resources, but for the actions of which the page says why', async () => {
    const all = await Promise.all(ROLES.map((role) => compareUse(makers.iam, role, asked)));
    const grants = all.flatMap(({ used, unused }) => [...used, ...unused]);
    const wide = grants.filter(({ resource }) => resource === '*').map(({ action }) => action);

    expect([...new Set(wide)].sort()).toEqual(documentedWide().toSorted());
  });

  it('is never refused by AWS', () => {
    const refused = deployed.account.journal.calls.filter(
      (call) => isByGuardrail(call) && /AccessDenied|Unauthorized/.test(call.errorCode ?? ''),
    );

    expect(refused).toEqual([]);
  });
});

/** What is printed where an expectation fails. */
function report(role: string, { used, refused, unused }: UsedPermissions): string {
  const lines = (grants: readonly Grant[]) =>
    grants.map(({ action, resource }) => `  ${action} on ${resource}`).join('\n') || '  none';
  return `${role}\nused:\n${lines(used)}\nrefused:\n${lines(refused)}\ngranted and never used:\n${lines(unused)}`;
}

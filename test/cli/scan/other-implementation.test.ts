import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, type VpcConfig } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { policyFolder } from './policy-folder.ts';
import { scanAt } from './scan-at.ts';

const { OTHER_AWS_ENDPOINT: given } = process.env;
const isInstalled = given !== undefined || spawnSync('moto_server', ['--version']).status === 0;
const ADMIN = { accessKeyId: 'local', secretAccessKey: 'local' };
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

describe.skipIf(!isInstalled)(
  "a scan against another implementation of AWS's API (skipped where there is neither `moto_server` nor OTHER_AWS_ENDPOINT)",
  () => {
    let server: ChildProcess | undefined;
    let endpoint = given ?? '';

    beforeAll(async () => {
      if (given !== undefined) return;
      server = spawn('moto_server', ['--host', '127.0.0.1', '--port', '0'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      for await (const line of createInterface({ input: server.stderr ?? process.stdin })) {
        [endpoint = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
        if (endpoint !== '') return;
      }
    });

    afterAll(async () => {
      vi.unstubAllEnvs();
      if (server?.kill() === true) await once(server, 'exit');
    });

    it('finds what violates the policy in what others make of the protocol', async () => {
      using folder = policyFolder();
      const { vpcId, ...place } = await makeNetwork(settingsOf(endpoint));
      await makeFunctions(settingsOf(endpoint), place);

      const { report, status } = await scanAt(
        { endpoint, by: ADMIN },
        { policy: folder.path('guardrail.yaml'), control: ['LVG.1'] },
      );

      const { findings, scanned, scan } = report();
      const violators = findings
        .filter(({ verdict }) => verdict === 'violation')
        .map(({ functionArn }) => functionArn.split(':').at(-1));
      expect({ status, scanned }).toEqual({ status: 0, scanned: 2 });
      expect(violators.toSorted()).toEqual(['attached', 'detached']);
      expect(scan.networks.map((network) => network.vpcId)).toEqual([vpcId]);
    });
  },
);

function settingsOf(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials: ADMIN };
}

async function makeNetwork(settings: ReturnType<typeof settingsOf>) {
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  const vpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: '10.9.1.0/24' }),
  );
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: 'one', Description: 'one' }),
  );
  ec2.destroy();
  return { vpcId, SubnetIds: [Subnet?.SubnetId ?? ''], SecurityGroupIds: [GroupId] };
}

async function makeFunctions(settings: ReturnType<typeof settingsOf>, place: VpcConfig) {
  const iam = new IAMClient(settings);
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'one', AssumeRolePolicyDocument: JSON.stringify(TRUST) }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'one',
      PolicyName: 'interfaces',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }],
      }),
    }),
  );
  iam.destroy();
  const lambda = new LambdaClient(settings);
  const ZipFile = zipSync({
    'index.mjs': new TextEncoder().encode('export const handler = () => 1'),
  });
  for (const [FunctionName, VpcConfig] of [
    ['attached', place],
    ['detached', {}],
  ] as const) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: Role?.Arn ?? '',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Code: { ZipFile },
        VpcConfig,
      }),
    );
  }
  lambda.destroy();
}

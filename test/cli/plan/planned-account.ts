import { PassThrough } from 'node:stream';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { vi } from 'vitest';
import { toAttachment } from '../../../functions/core/attachment.ts';
import { type FunctionRecord, newRecord } from '../../../functions/core/record.ts';
import type { PlanReport } from '../../../lib/cli/plan/plan-report.ts';
import { type PlanOptions, runPlan } from '../../../lib/cli/plan/run-plan.ts';
import { runScan, type ScanOptions } from '../../../lib/cli/scan/run-scan.ts';
import { type FullAccount, START_MS, startFullAccount } from '../../local/full-account.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { fakeTerminal, folderOf } from '../policy/fake-terminal.ts';

/** Ids of the VPCs of the local account. */
export const VPC = { approved: 'vpc-0a1b2c3d4e5f60001', forbidden: 'vpc-0f0e0d0c0b0a00002' };

const ROLE = 'arn:aws:iam::123456789012:role/lambda-role';
const ADMIN = { accessKeyId: 'local', secretAccessKey: 'local' };
const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';

/** The ARN of a function of the account. */
export function arnOf(name: string): string {
  return `${ARN}${name}`;
}

/** Where a function is, as the guardrail writes it. */
export function attachmentIn(place: 'approved' | 'forbidden') {
  const { SubnetIds: subnetIds, SecurityGroupIds: securityGroupIds } = NETWORK[place];
  return toAttachment({ vpcId: VPC[place], subnetIds, securityGroupIds });
}

/** Only one VPC is allowed. */
export function onlyVpc(vpcId: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyVpc',
        Effect: 'Deny',
        Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
        Resource: '*',
        Condition: { StringNotEquals: { 'lambda:VpcIds': vpcId } },
      },
    ],
  };
}

/** Policy files by name: each allows one VPC, is enforced, and has more lines behind. */
export function policiesOf(more: Readonly<Record<string, string>>, mode = 'enforce') {
  const files = Object.entries(more).map(([name, lines]) => [
    `${name}.yaml`,
    `version: 1\nmode: ${mode}\naccess: [${name === 'old' ? 'old' : 'new'}.json]\nnotify: { ownerTag: team }\n${lines}`,
  ]);
  return folderOf({
    'old.json': onlyVpc(VPC.forbidden),
    'new.json': onlyVpc(VPC.approved),
    ...Object.fromEntries(files),
  });
}

/** An account that nobody guards, with functions of several owners in several places. */
export async function startPlannedAccount() {
  const account = await startFullAccount();
  const lambda = new LambdaClient(account.settings());
  const create = (name: string, place: keyof typeof NETWORK, team?: string) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: ROLE,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('none') },
        VpcConfig: NETWORK[place],
        ...(team === undefined ? {} : { Tags: { team } }),
      }),
    );
  await create('good', 'approved', 'pay');
  await create('moved', 'forbidden', 'web');
  await create('strayed', 'forbidden', 'web');
  await create('legacy-1', 'forbidden', 'pay');
  await create('nowhere', 'detached');
  await account.advance(600_000);
  return {
    ...account,
    lambda,
    create,
    plan: async (given: Partial<PlanOptions> & Pick<PlanOptions, 'policy'>, by = ADMIN) => {
      vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
      vi.stubEnv('AWS_REGION', 'us-east-1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', by.accessKeyId);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', by.secretAccessKey);
      const { terminal, told, printed } = fakeTerminal();
      const stderr = Object.assign(new PassThrough(), { isTTY: false, columns: 100 });
      const before = account.journal.calls.length;
      const options: PlanOptions = { format: 'json', against: false, quiet: true, ...given };
      const ended = await runPlan(options, { terminal, stderr }).catch((error: unknown) => error);
      const calls = account.journal.calls.slice(before).map(({ operation }) => operation);
      const report = () => JSON.parse(printed()) as PlanReport;
      return { ended, told, calls, report, text: printed() };
    },
    close: async () => {
      lambda.destroy();
      await account.close();
      vi.unstubAllEnvs();
    },
  };
}

/** The record of a function in the forbidden VPC that was good in the approved one. */
export function movedRecord(name: string): FunctionRecord {
  const call = 'UpdateFunctionConfiguration';
  return {
    ...newRecord(arnOf(name)),
    changedAtMs: START_MS,
    existedAtMs: START_MS,
    current: { attachment: attachmentIn('forbidden'), call, role: ROLE },
    baseline: { attachment: attachmentIn('approved'), call },
  };
}

/** The record of a function in the approved VPC that is in quarantine. */
export function goodRecord(name: string): FunctionRecord {
  const { baseline = { attachment: attachmentIn('approved'), call: 'CreateFunction' }, ...record } =
    movedRecord(name);
  return {
    ...record,
    current: { ...baseline, role: ROLE },
    baseline,
    quarantine: { remediationId: 'remediation-1', sinceMs: START_MS },
  };
}

/** The operations that a scan calls. */
export async function scanBy(
  { journal }: Pick<FullAccount, 'journal'>,
  given: Partial<ScanOptions>,
): Promise<readonly string[]> {
  const { terminal } = fakeTerminal();
  const stderr = Object.assign(new PassThrough(), { isTTY: false, columns: 100 });
  const before = journal.calls.length;
  await runScan({ format: 'json', quiet: true, ...given }, { terminal, stderr });
  return journal.calls.slice(before).map(({ operation }) => operation);
}

/** The record of a function that was seen to be created where it is. */
export function bornRecord(name: string): FunctionRecord {
  const { baseline: _, ...record } = movedRecord(name);
  const attachment = attachmentIn('forbidden');
  return {
    ...record,
    current: { attachment, call: 'CreateFunction', role: ROLE },
    violations: 1,
    violation: {
      id: 'violation-1',
      key: `${attachment.subnetIds}|${attachment.securityGroupIds}|false|LVG.1`,
      controlIds: ['LVG.1'],
      sinceMs: START_MS,
      cause: 'create',
      causes: { 'LVG.1': 'create' },
      conflicts: 0,
      refused: [],
      quarantines: 0,
      isTold: true,
    },
  };
}

/** Has the deployed guardrail look at every function, and lets it do what follows. */
export async function rescanOf({
  lambda,
  advance,
}: Awaited<ReturnType<typeof startPlannedAccount>>) {
  const FunctionName = 'lambda-vpc-guardrail-rescan-on-request';
  await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') }));
  await advance(600_000);
}

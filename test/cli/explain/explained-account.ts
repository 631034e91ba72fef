import { AttachUserPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { vi } from 'vitest';
import type { Live } from '../../../lib/cli/explain/live.ts';
import { type RunExplainOptions, runExplain } from '../../../lib/cli/explain/run-explain.ts';
import { startFullAccount } from '../../local/full-account.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { fakeTerminal, folderOf, statementOf } from '../policy/fake-terminal.ts';

/** Whose credentials a command uses. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const ADMIN: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
export const APPROVED_VPC = 'vpc-0a1b2c3d4e5f60001';

/** The ARN of a function of the account. */
export function arnOf(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}

/** A policy that allows one VPC and lets other attachments be reverted, with more lines behind. */
export function policyFolder(more = '', mode = 'audit') {
  const document = {
    Version: '2012-10-17',
    Statement: [statementOf('ApprovedVpc', { StringNotEquals: { 'lambda:VpcIds': APPROVED_VPC } })],
  };
  const controls = 'controls: { LVG.1: { onFound: revert } }';
  return folderOf({
    'approved.json': document,
    'guardrail.yaml': `version: 1\nmode: ${mode}\naccess: [approved.json]\n${controls}\nnotify: { ownerTag: team }\n${more}`,
  });
}

/** Who may call which actions, on whatever. */
export function allow(...Action: readonly string[]) {
  return { Effect: 'Allow', Action, Resource: '*' };
}

/** An account with functions that share a network interface, one elsewhere and one in no VPC. */
export async function startExplainedAccount() {
  const account = await startFullAccount();
  const lambda = new LambdaClient(account.settings());
  const create = (name: string, place: keyof typeof NETWORK, team?: string) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: 'arn:aws:iam::123456789012:role/lambda-role',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('none') },
        VpcConfig: NETWORK[place],
        ...(team === undefined ? {} : { Tags: { team } }),
      }),
    );
  await create('good', 'approved', 'pay');
  await create('beside', 'approved');
  await create('strayed', 'forbidden', 'web');
  await create('nowhere', 'detached');
  await account.advance(600_000);
  return {
    ...account,
    lambda,
    create,
    /** A user who holds one of AWS's managed policies. */
    managed: async (name: string, policyArn: string): Promise<Credentials> => {
      const user = account.user(name, allow('sts:GetCallerIdentity'));
      const iam = new IAMClient(account.settings());
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: policyArn }));
      iam.destroy();
      return user;
    },
    explain: async (asked: string, given: Partial<RunExplainOptions> = {}, by = ADMIN) => {
      vi.stubEnv('AWS_ENDPOINT_URL', account.endpoint);
      vi.stubEnv('AWS_REGION', 'us-east-1');
      vi.stubEnv('AWS_ACCESS_KEY_ID', by.accessKeyId);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', by.secretAccessKey);
      const { terminal, told, printed } = fakeTerminal();
      const before = account.journal.calls.length;
      const status = await runExplain(asked, { format: 'json', ...given }, terminal);
      const calls = account.journal.calls.slice(before).map(({ operation }) => operation);
      const live = () => (JSON.parse(printed()) as { readonly live: Live }).live;
      return { status, told, calls, live, text: printed() };
    },
    close: async () => {
      lambda.destroy();
      await account.close();
      vi.unstubAllEnvs();
    },
  };
}

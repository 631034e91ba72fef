import { AttachUserPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { vi } from 'vitest';
import type { ScanOptions } from '../../../lib/cli/scan/run-scan.ts';
import { startFullAccount } from '../../local/full-account.ts';
import { NETWORK } from '../../support/deployed-account.ts';
import { type Credentials, scanAt } from './scan-at.ts';

const ADMIN: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** An account with a function in the approved VPC, one in another, one in none, and no guardrail. */
export async function startScannedAccount() {
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
  await create('strayed', 'forbidden', 'web');
  await create('nowhere', 'detached');
  await account.advance(600_000);
  return {
    ...account,
    create,
    /** A user who holds one of AWS's managed policies. */
    managed: async (name: string, policyArn: string): Promise<Credentials> => {
      const harmless = { Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' };
      const user = account.user(name, harmless);
      const iam = new IAMClient(account.settings());
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: policyArn }));
      iam.destroy();
      return user;
    },
    /** Scans as somebody, and answers which calls that made, too. */
    scan: async (given: Partial<ScanOptions> = {}, by = ADMIN) => {
      const before = account.journal.calls.length;
      const answer = await scanAt({ endpoint: account.endpoint, by }, given);
      const calls = account.journal.calls.slice(before).map(({ operation }) => operation);
      return { ...answer, calls };
    },
    close: async () => {
      lambda.destroy();
      await account.close();
      vi.unstubAllEnvs();
    },
  };
}

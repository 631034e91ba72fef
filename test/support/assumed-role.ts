import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalAccount } from '../../lib/local/start-local-account.ts';
import { adminOf } from './deployed-account.ts';

const ACCOUNT_ID = '123456789012';
/** As long as a session may last: tests let hours pass. */
const HALF_A_DAY_SECONDS = 43_200;
const TRUST_ACCOUNT = toDocument({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
  Action: 'sts:AssumeRole',
});
const MAY_TAG = toDocument({
  Effect: 'Allow',
  Action: ['lambda:TagResource', 'lambda:UntagResource'],
  Resource: '*',
});

/** Makes a role that may tag functions, and answers a client of one session of it. */
export async function assumeTagger(account: LocalAccount, RoleName: string): Promise<LambdaClient> {
  const [iam, sts] = [new IAMClient(adminOf(account)), new STSClient(adminOf(account))];
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: TRUST_ACCOUNT,
      MaxSessionDuration: HALF_A_DAY_SECONDS,
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'tag', PolicyDocument: MAY_TAG }),
  );
  const { Credentials: key } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/${RoleName}`,
      RoleSessionName: 'night-shift',
      DurationSeconds: HALF_A_DAY_SECONDS,
    }),
  );
  iam.destroy();
  sts.destroy();
  return toClient(account, {
    accessKeyId: key?.AccessKeyId ?? '',
    secretAccessKey: key?.SecretAccessKey ?? '',
    sessionToken: key?.SessionToken ?? '',
  });
}

/** Makes a user who may tag functions, and answers a client of hers. */
export async function hireTagger(account: LocalAccount, UserName: string): Promise<LambdaClient> {
  const iam = new IAMClient(adminOf(account));
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({ UserName, PolicyName: 'tag', PolicyDocument: MAY_TAG }),
  );
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  return toClient(account, {
    accessKeyId: key?.AccessKeyId ?? '',
    secretAccessKey: key?.SecretAccessKey ?? '',
  });
}

function toClient(
  account: LocalAccount,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
): LambdaClient {
  return new LambdaClient({ ...adminOf(account), credentials });
}

function toDocument(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

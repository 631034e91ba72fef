import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';

/** Where the people of the demonstration work. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
}

/** The key that may do everything in the local account. */
export const ADMINISTRATOR = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** Settings of an SDK client that talks to the account. */
export function clientSettings({ endpoint, region }: Place, credentials = ADMINISTRATOR) {
  return { endpoint, region, credentials, maxAttempts: 1 };
}

/** The people of the demonstration, each with an access key and a policy of their own. */
export interface People {
  /** Builds and changes functions as she likes. */
  readonly maria: LambdaClient;
  /** May only create functions that are in a VPC. */
  readonly ivan: LambdaClient;
}

/** Hires the people: IAM users with access keys. */
export async function hirePeople(place: Place): Promise<People> {
  const iam = new IAMClient(clientSettings(place));
  const allowed = { Effect: 'Allow', Action: '*', Resource: '*' };
  const onlyInVpc = {
    Sid: 'OnlyInVpc',
    Effect: 'Deny',
    Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
    Resource: '*',
    Condition: { Null: { 'lambda:VpcIds': 'true' } },
  };
  const maria = await hire(iam, place, { name: 'maria', statements: [allowed] });
  const ivan = await hire(iam, place, { name: 'ivan', statements: [allowed, onlyInVpc] });
  iam.destroy();
  return { maria, ivan };
}

async function hire(
  iam: IAMClient,
  place: Place,
  { name, statements }: { readonly name: string; readonly statements: readonly object[] },
): Promise<LambdaClient> {
  await iam.send(new CreateUserCommand({ UserName: name }));
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await iam.send(
    new PutUserPolicyCommand({ UserName: name, PolicyName: 'work', PolicyDocument: document }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
  const credentials = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
  return new LambdaClient({ ...clientSettings(place), credentials });
}

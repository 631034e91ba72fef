import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { FullAccount } from './full-account.ts';
import { zipOf } from './lambda/deployed-code.ts';

const BUCKET = 'cdk-hnb659fds-assets-123456789012-us-east-1';

/** Deploys a handler that is really run, under `lambda-role`. */
export async function deployFunction(
  account: FullAccount,
  { name, source, timeout = 60 }: { name: string; source: string; timeout?: number },
): Promise<void> {
  const s3 = new S3Client({ ...account.settings(), forcePathStyle: true });
  const lambda = new LambdaClient(account.settings());
  const Key = `${name}.zip`;
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: zipOf(source) }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/lambda-role',
      Code: { S3Bucket: BUCKET, S3Key: Key },
      Timeout: timeout,
    }),
  );
  s3.destroy();
  lambda.destroy();
  await account.advance(5000);
}

/** An import of an SDK client for deployed code, which has no packages of its own. */
export function importOf(names: string, packageName: string): string {
  return `import { ${names} } from ${JSON.stringify(import.meta.resolve(packageName))};`;
}

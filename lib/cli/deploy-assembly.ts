import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Asset, type CloudAssembly, readCloudAssembly } from './cloud-assembly.ts';
import { changeStack, deleteStack, findStack, type StackClient } from './stack-changes.ts';
import { zipFolder } from './zip-folder.ts';

/** Where a deployment goes, and as whom. */
export interface DeployTo {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Lets some time pass between two looks at a stack. Default: 25 ms of real time. */
  readonly wait?: () => Promise<void>;
  readonly onProgress?: (line: string) => void;
}

/** What is deployed, and where. */
export interface Deployment extends DeployTo {
  /** Folder into which the CDK synthesized. */
  readonly assemblyDir: string;
}

/** What came of a deployment. */
export interface Deployed {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const WAIT_MS = 25;

/** Uploads a synthesized assembly's assets and makes its stack, or brings the stack up to date. */
export async function deployAssembly(deployment: Deployment): Promise<Deployed> {
  const assembly = await readCloudAssembly(deployment.assemblyDir, deployment);
  await upload(deployment, assembly);
  return withClient(deployment, async (client) => {
    const { stackName } = assembly;
    deployment.onProgress?.(`deploying the stack \`${stackName}\``);
    const stack = await changeStack(client, {
      stackName,
      templateUrl: templateUrl(deployment, assembly),
    });
    return { stackName, outputs: outputsOf(stack) };
  });
}

/** Deletes a stack and waits until it is gone; one that does not exist is gone already. */
export async function removeStack(from: DeployTo & { readonly stackName: string }): Promise<void> {
  await withClient(from, async (client) => {
    const stack = await findStack(client, from.stackName);
    if (stack !== undefined) await deleteStack(client, stack);
  });
}

async function withClient<T>(
  { endpoint, region, credentials, wait }: DeployTo,
  act: (client: StackClient) => Promise<T>,
): Promise<T> {
  const client = new CloudFormationClient({ endpoint, region, credentials });
  try {
    return await act({ client, wait: wait ?? (() => delay(WAIT_MS)) });
  } finally {
    client.destroy();
  }
}

async function upload(deployment: Deployment, { assets }: CloudAssembly): Promise<void> {
  const { endpoint, region, credentials, onProgress } = deployment;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    for (const asset of assets) {
      onProgress?.(`uploading \`${asset.key}\``);
      await uploadAsset(client, asset);
    }
  } finally {
    client.destroy();
  }
}

async function uploadAsset(client: S3Client, asset: Asset): Promise<void> {
  const { path, isFolder, bucket, key } = asset;
  const body = await (isFolder ? zipFolder(path) : readFile(path)).catch((cause: unknown) => {
    throw new Error(`could not read the asset \`${path}\``, { cause });
  });
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(`could not upload \`${key}\` to the bucket \`${bucket}\`: ${reason}`, {
      cause,
    });
  }
}

function templateUrl({ endpoint }: DeployTo, { template }: CloudAssembly): string {
  return `${endpoint}/${template.bucket}/${template.key}`;
}

function outputsOf({ Outputs = [] }: Stack): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What has to be uploaded before a stack can be made. */
export interface Asset {
  /** A file, or a folder that is to be zipped. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly bucket: string;
  readonly key: string;
}

/** One synthesized stack and its assets, the template among them. */
export interface CloudAssembly {
  readonly stackName: string;
  readonly template: { readonly bucket: string; readonly key: string };
  readonly assets: readonly Asset[];
}

/** The account and region that a deployment goes to. */
export interface Destination {
  readonly account: string;
  readonly region: string;
}

type Members = Readonly<Record<string, unknown>>;

/** Reads what the CDK synthesized into a folder; it has to hold one stack. */
export async function readCloudAssembly(
  dir: string,
  destination: Destination,
): Promise<CloudAssembly> {
  const manifest = await readJson(join(dir, 'manifest.json'));
  const artifacts = Object.entries(membersOf(manifest['artifacts'])).map(
    ([id, artifact]) => [id, membersOf(artifact)] as const,
  );
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1) {
    throw new Error(`the assembly \`${dir}\` holds ${stacks.length} stacks: expected one`);
  }
  const [id, artifact] = stack;
  const properties = membersOf(artifact['properties']);
  const files = artifacts
    .filter(([, { type }]) => type === 'cdk:asset-manifest')
    .map(([, manifestArtifact]) => textOf(membersOf(manifestArtifact['properties'])['file']));
  const assets = await Promise.all(files.map((file) => readAssets(dir, file, destination)));
  const url = fill(textOf(properties['stackTemplateAssetObjectUrl']), destination);
  const { bucket = '', key = '' } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(url)?.groups ?? {};
  return {
    stackName: textOf(properties['stackName'] ?? id),
    template: { bucket, key },
    assets: assets.flat(),
  };
}

async function readAssets(
  dir: string,
  file: string,
  destination: Destination,
): Promise<readonly Asset[]> {
  const manifest = await readJson(join(dir, file));
  if (Object.keys(membersOf(manifest['dockerImages'])).length > 0) {
    throw new Error(`\`${file}\` has container images: only files and folders can be deployed`);
  }
  return Object.values(membersOf(manifest['files'])).flatMap((asset) => {
    const source = membersOf(membersOf(asset)['source']);
    const destinations = Object.values(membersOf(membersOf(asset)['destinations']));
    return destinations.map(membersOf).map(({ bucketName, objectKey }) => ({
      path: join(dir, textOf(source['path'])),
      isFolder: source['packaging'] === 'zip',
      bucket: fill(textOf(bucketName), destination),
      key: textOf(objectKey),
    }));
  });
}

async function readJson(path: string): Promise<Members> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`no cloud assembly: could not read \`${path}\``, { cause });
  });
  try {
    return membersOf(JSON.parse(text));
  } catch (cause) {
    throw new Error(`\`${path}\` is not JSON`, { cause });
  }
}

/** Fills in what the CDK leaves open in a stack that is bound to no account. */
function fill(text: string, { account, region }: Destination): string {
  return text
    .replaceAll(`\${AWS::AccountId}`, account)
    .replaceAll(`\${AWS::Region}`, region)
    .replaceAll(`\${AWS::Partition}`, 'aws');
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

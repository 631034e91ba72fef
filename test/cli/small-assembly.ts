import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUCKET = `cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}`;

/** A cloud assembly that a test writes. */
export interface SmallAssembly {
  readonly dir: string;
  readonly writeTemplate: (template: object) => Promise<void>;
  readonly writeManifest: (artifacts: object) => Promise<void>;
  readonly writeAssets: (manifest: object) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Writes an assembly of one stack `Small`, with a folder of code as an asset `code.zip`. */
export async function createSmallAssembly(): Promise<SmallAssembly> {
  const dir = await mkdtemp(join(tmpdir(), 'small-assembly-'));
  const write = (name: string, content: object) =>
    writeFile(join(dir, name), JSON.stringify(content));
  const assembly: SmallAssembly = {
    dir,
    writeTemplate: (template) => write('Small.template.json', template),
    writeManifest: (artifacts) => write('manifest.json', { version: '55.0.0', artifacts }),
    writeAssets: (manifest) => write('Small.assets.json', manifest),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
  await mkdir(join(dir, 'asset', 'inner'), { recursive: true });
  await writeFile(join(dir, 'asset', 'index.mjs'), 'export const handler = async () => 1;');
  await writeFile(join(dir, 'asset', 'inner', 'chunk.mjs'), 'export const b = 2;');
  await assembly.writeManifest(ARTIFACTS);
  await assembly.writeAssets({
    files: { code: toAsset('asset', 'zip', 'code.zip'), template: toAsset(TEMPLATE, 'file', 't') },
  });
  return assembly;
}

const TEMPLATE = 'Small.template.json';

/** The stack and its assets. */
export const ARTIFACTS = {
  'Small.assets': { type: 'cdk:asset-manifest', properties: { file: 'Small.assets.json' } },
  Small: {
    type: 'aws:cloudformation:stack',
    properties: { templateFile: TEMPLATE, stackTemplateAssetObjectUrl: `s3://${BUCKET}/t` },
  },
};

/** One file or folder, as the CDK lists it. */
export function toAsset(path: string, packaging: string, objectKey: string) {
  return {
    source: { path, packaging },
    destinations: { here: { bucketName: BUCKET, objectKey } },
  };
}

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCloudAssembly } from '../../lib/cli/cloud-assembly.ts';
import { zipFolder } from '../../lib/cli/zip-folder.ts';
import { ARTIFACTS, createSmallAssembly, type SmallAssembly } from './small-assembly.ts';

const DESTINATION = { account: '123456789012', region: 'eu-west-1' };
const BUCKET = 'cdk-hnb659fds-assets-123456789012-eu-west-1';

let assembly: SmallAssembly;

beforeEach(async () => {
  assembly = await createSmallAssembly();
});

afterEach(() => assembly.remove());

describe('readCloudAssembly', () => {
  it('finds the stack, its template and its assets, in the account that they go to', async () => {
    expect(await readCloudAssembly(assembly.dir, DESTINATION)).toEqual({
      stackName: 'Small',
      template: { bucket: BUCKET, key: 't' },
      assets: [
        { path: join(assembly.dir, 'asset'), isFolder: true, bucket: BUCKET, key: 'code.zip' },
        {
          path: join(assembly.dir, 'Small.template.json'),
          isFolder: false,
          bucket: BUCKET,
          key: 't',
        },
      ],
    });
  });

  it('takes the name that the stack was given', async () => {
    const properties = { ...ARTIFACTS.Small.properties, stackName: 'own-name' };
    await assembly.writeManifest({ ...ARTIFACTS, Small: { ...ARTIFACTS.Small, properties } });
    const { stackName } = await readCloudAssembly(assembly.dir, DESTINATION);
    expect(stackName).toBe('own-name');
  });

  it('says where there is no assembly', async () => {
    await rm(join(assembly.dir, 'manifest.json'));
    await expect(readCloudAssembly(assembly.dir, DESTINATION)).rejects.toThrow(
      `no cloud assembly: could not read \`${join(assembly.dir, 'manifest.json')}\``,
    );
  });

  it('says where the manifest is not JSON', async () => {
    await writeFile(join(assembly.dir, 'manifest.json'), 'nonsense');
    await expect(readCloudAssembly(assembly.dir, DESTINATION)).rejects.toThrow('is not JSON');
  });

  it.each([
    ['none', {}, 'holds 0 stacks'],
    ['two', { ...ARTIFACTS, Other: ARTIFACTS.Small }, 'holds 2 stacks: expected one'],
  ])('refuses an assembly with %s', async (_count, artifacts, message) => {
    await assembly.writeManifest(artifacts);
    await expect(readCloudAssembly(assembly.dir, DESTINATION)).rejects.toThrow(message);
  });

  it('refuses container images', async () => {
    await assembly.writeAssets({ files: {}, dockerImages: { a: {} } });
    await expect(readCloudAssembly(assembly.dir, DESTINATION)).rejects.toThrow(
      '`Small.assets.json` has container images: only files and folders can be deployed',
    );
  });

  it('reads a manifest without form as one without stacks', async () => {
    await writeFile(join(assembly.dir, 'manifest.json'), '7');
    await expect(readCloudAssembly(assembly.dir, DESTINATION)).rejects.toThrow('holds 0 stacks');
  });
});

describe('zipFolder', () => {
  it('zips every file by its path, the same each time', async () => {
    const folder = join(assembly.dir, 'asset');
    const zip = await zipFolder(folder);
    expect(Object.keys(unzipSync(zip))).toEqual(['index.mjs', 'inner/chunk.mjs']);
    await writeFile(join(folder, 'index.mjs'), 'export const handler = async () => 1;');
    expect(await zipFolder(folder)).toEqual(zip);
  });
});

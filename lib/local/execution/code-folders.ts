import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { makeTemporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';
import type { DeployedFunction } from './execution.ts';

/** The unpacked code of functions; functions with the same code share a folder. */
export interface CodeFolders {
  readonly folderOf: (code: Pick<DeployedFunction, 'code' | 'codeSha256'>) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Creates a place for unpacked code below the system's temporary folder. */
export function createCodeFolders(): CodeFolders {
  const unpacked = new Map<string, Promise<TemporaryFolder>>();
  return {
    folderOf: async ({ code, codeSha256 }) => {
      const folder = unpacked.get(codeSha256) ?? unpack(code);
      unpacked.set(codeSha256, folder);
      return (await folder).path;
    },
    remove: async () => {
      for (const folder of await Promise.allSettled(unpacked.values())) {
        if (folder.status === 'fulfilled') await folder.value.remove();
      }
      unpacked.clear();
    },
  };
}

async function unpack(code: Uint8Array): Promise<TemporaryFolder> {
  const files = Object.entries(unzipSync(code)).filter(([name]) => !name.endsWith('/'));
  const folder = makeTemporaryFolder('lambda-task-');
  const root = folder.path;
  for (const [name, bytes] of files) {
    const path = resolve(root, name);
    if (!path.startsWith(`${root}${sep}`)) {
      await folder.remove();
      throw new Error(`the zip file writes outside its folder: \`${name}\``);
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return folder;
}

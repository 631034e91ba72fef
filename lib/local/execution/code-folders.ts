import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { DeployedFunction } from './execution.ts';

/** The unpacked code of functions; functions with the same code share a folder. */
export interface CodeFolders {
  readonly folderOf: (code: Pick<DeployedFunction, 'code' | 'codeSha256'>) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Creates a place for unpacked code below the system's temporary folder. */
export function createCodeFolders(): CodeFolders {
  const unpacked = new Map<string, Promise<string>>();
  return {
    folderOf: ({ code, codeSha256 }) => {
      const folder = unpacked.get(codeSha256) ?? unpack(code);
      unpacked.set(codeSha256, folder);
      return folder;
    },
    remove: async () => {
      for (const folder of await Promise.allSettled(unpacked.values())) {
        if (folder.status === 'fulfilled') await rm(folder.value, { recursive: true, force: true });
      }
      unpacked.clear();
    },
  };
}

async function unpack(code: Uint8Array): Promise<string> {
  const files = Object.entries(unzipSync(code)).filter(([name]) => !name.endsWith('/'));
  const root = await mkdtemp(join(tmpdir(), 'lambda-task-'));
  for (const [name, bytes] of files) {
    const path = resolve(root, name);
    if (!path.startsWith(`${root}${sep}`)) {
      await rm(root, { recursive: true, force: true });
      throw new Error(`the zip file writes outside its folder: \`${name}\``);
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return root;
}

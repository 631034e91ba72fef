import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Printed } from './aws-command.ts';

const ROOT = join(import.meta.dirname, '../..');
const CLI_ERROR = /An error occurred \((\w+)\)[^:]*: (.*)/s;

/** Runs lines in one real shell, with the AWS CLI that the machine has; answers what each of them printed. */
export async function runInBash(
  lines: readonly string[],
  endpoint: string,
): Promise<readonly Printed[]> {
  const folder = await mkdtemp(join(tmpdir(), 'commands-'));
  try {
    for (const name of ['policies', 'samples']) await symlink(join(ROOT, name), join(folder, name));
    const script = lines.map((line, at) => `{ ${line}\n} > ${at}.out 2> ${at}.err`);
    await writeFile(join(folder, 'script'), script.join('\n'));
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
    };
    // The last line may be one that ends with an error, as the page says.
    await promisify(execFile)('bash', ['script'], { cwd: folder, env }).catch(() => undefined);
    return await Promise.all(lines.map((_, at) => readPrinted(join(folder, String(at)))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readPrinted(path: string): Promise<Printed> {
  const output = await readFile(`${path}.out`, 'utf8');
  const told = (await readFile(`${path}.err`, 'utf8')).trim();
  if (told === '') return { output };
  const [, name = 'what the shell says', message = told] = CLI_ERROR.exec(told) ?? [];
  return { output, error: { name, message } };
}

import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import type { Report, ScanDetails } from '../../../lib/cli/report/report.ts';
import { runScan, type ScanOptions } from '../../../lib/cli/scan/run-scan.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';

/** Whose credentials a scan uses. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Scans what answers at an endpoint, as somebody; the environment stays so until it is unstubbed. */
export async function scanAt(
  { endpoint, by }: { readonly endpoint: string; readonly by: Credentials },
  given: Partial<ScanOptions> = {},
) {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', by.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', by.secretAccessKey);
  const { terminal, told, printed } = fakeTerminal();
  const stderr = Object.assign(new PassThrough(), { isTTY: false, columns: 100 });
  const options: ScanOptions = { format: 'json', ...given };
  const status = await runScan(options, { terminal, stderr });
  const report = () => JSON.parse(printed()) as Report & { readonly scan: ScanDetails };
  return { status, told, report, text: printed(), shown: String(stderr.read() ?? '') };
}

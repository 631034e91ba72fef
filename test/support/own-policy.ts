import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../lib/local/temporary-folder.ts';
import { runApp } from './run-app.ts';

/** An assembly with a policy of a test's own. */
export interface OwnAssembly {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Everything that is in the approved VPC is allowed there. */
const APPROVED_VPC = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ApprovedVpc',
      Effect: 'Deny',
      Action: ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
      Resource: '*',
      Condition: { StringNotEquals: { 'lambda:VpcIds': 'vpc-0a1b2c3d4e5f60001' } },
    },
  ],
};

/** Synthesizes the real app with the text of a policy, whose only document approves one VPC. */
export async function synthesizePolicy(text: string): Promise<OwnAssembly> {
  const { path, remove } = makeTemporaryFolder('guardrail-own-policy-');
  const policy = join(path, 'guardrail.yaml');
  const folder = join(path, 'assembly');
  await Promise.all([
    mkdir(folder),
    writeFile(policy, `version: 1\nmode: enforce\naccess: [approved-vpc.json]\n${text}`),
    writeFile(join(path, 'approved-vpc.json'), JSON.stringify(APPROVED_VPC)),
  ]);
  const { exitCode, stderr } = await runApp({ folder, context: { policy }, isQuick: true });
  if (exitCode === 0) return { folder, remove };
  await remove();
  throw new Error(`the policy was not synthesized: ${stderr}`);
}

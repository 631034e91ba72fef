import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  type IAMClientConfig,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { vi } from 'vitest';
import type { Checkup, Topic } from '../../../lib/cli/doctor/checkup.ts';
import type { Diagnosis } from '../../../lib/cli/doctor/diagnosis.ts';
import { type DoctorOptions, runDoctor } from '../../../lib/cli/doctor/run-doctor.ts';
import { fakeTerminal } from '../policy/fake-terminal.ts';

/** Whose credentials a run has. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The administrator of a local account. */
const ADMIN: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What one run printed and told, and how it ended. */
export interface Visit {
  readonly status: number;
  readonly told: readonly string[];
  readonly text: string;
  readonly diagnosis: () => Diagnosis;
  /** What was said of one topic. */
  readonly of: (topic: Topic) => readonly Checkup[];
  /** What was not good, in short. */
  readonly notGood: () => readonly string[];
}

/** Runs `doctor` against an account, as its administrator or somebody else. */
export async function visit(
  endpoint: string,
  given: Partial<DoctorOptions> = {},
  { accessKeyId, secretAccessKey } = ADMIN,
): Promise<Visit> {
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  const { terminal, told, printed } = fakeTerminal();
  try {
    const options: DoctorOptions = { stack: 'LambdaVpcGuardrail', format: 'json', ...given };
    const status = await runDoctor(options, terminal);
    const text = printed();
    const diagnosis = (): Diagnosis => JSON.parse(text);
    return {
      status,
      told,
      text,
      diagnosis,
      of: (topic) => diagnosis().checks.filter((check) => check.topic === topic),
      notGood: () =>
        diagnosis()
          .checks.filter(({ answer }) => answer !== 'good')
          .map(({ topic, subject = '', answer }) => `${topic} ${subject}: ${answer}`),
    };
  } finally {
    vi.unstubAllEnvs();
  }
}

/** Makes a user who has one of AWS's managed policies, and no other. */
export function viewer(
  settings: IAMClientConfig,
  policy: 'ViewOnlyAccess' | 'SecurityAudit',
): Promise<Credentials> {
  const path = policy === 'ViewOnlyAccess' ? 'job-function/' : '';
  const PolicyArn = `arn:aws:iam::aws:policy/${path}${policy}`;
  return makeUser(settings, policy, (iam, UserName) =>
    iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
  );
}

/** Makes a user who has one policy of his own. */
export function callerWith(
  settings: IAMClientConfig,
  PolicyDocument: string,
): Promise<Credentials> {
  return makeUser(settings, 'documented', (iam, UserName) =>
    iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument })),
  );
}

async function makeUser(
  settings: IAMClientConfig,
  UserName: string,
  allow: (iam: IAMClient, userName: string) => Promise<unknown>,
): Promise<Credentials> {
  const iam = new IAMClient(settings);
  try {
    await iam.send(new CreateUserCommand({ UserName }));
    await allow(iam, UserName);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  } finally {
    iam.destroy();
  }
}

import { describeAwsError, parseAwsError } from '../../functions/adapters/aws-errors.ts';
import type { NoticeKind } from '../../functions/core/notice.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { awsError } from './aws-error.ts';
import { ATTACHMENTS, DEPLOYER, enforcingPolicy } from './builders.ts';
import { createDrill, type Drill } from './drill.ts';

/** What AWS might say, as the adapters hand it on. */
const REFUSED = {
  status: 'refused',
  error: describeAwsError(
    parseAwsError(
      awsError('InvalidParameterValueException', 400, {
        message:
          'no read of https://code.s3.amazonaws.com/hunter2?X-Amz-Signature=hunter2 by arn:aws:secretsmanager:us-east-1:123456789012:secret:hunter2, token=hunter2',
      }),
    ),
  ),
} as const;

const PATHS = {
  onFailure: 'arn:aws:sqs:us-east-1:123456789012:dead',
  sources: ['arn:aws:sqs:us-east-1:123456789012:orders'],
};

/** More than a snapshot may hold, as a careless adapter would leave it in. */
const SECRETS = {
  environment: { TOKEN: 'hunter2' },
  codeLocation: 'https://example.com/hunter2',
  tags: { password: 'hunter2' },
};

/** A story with a name, and a kind of notice that it leads to. */
type SecretStory = readonly [name: string, kind: NoticeKind, play: () => Promise<Drill>];

/** A function that is in a good place, and full of secrets. */
async function settledDrill(policy: CompiledPolicy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(ATTACHMENTS.approved);
  hideSecrets(drill);
  await drill.run();
  drill.pass(60_000);
  return drill;
}

/** A function that was moved where it may not be. */
async function movedDrill(before: (drill: Drill) => void, policy?: CompiledPolicy): Promise<Drill> {
  const drill = await settledDrill(policy);
  before(drill);
  drill.update(ATTACHMENTS.forbidden);
  await drill.run();
  return drill;
}

/** A function that was created where it may not be, and then what somebody does about it. */
async function createdDrill(then: (drill: Drill) => void): Promise<Drill> {
  const drill = createDrill();
  drill.create(ATTACHMENTS.forbidden);
  hideSecrets(drill);
  await drill.run();
  then(drill);
  await drill.run();
  return drill;
}

async function idleDrill(then: (drill: Drill) => void): Promise<Drill> {
  const drill = await settledDrill(enforcingPolicy({ idle: { report: true, wake: ['orders-*'] } }));
  drill.fallIdle();
  then(drill);
  drill.send({ wake: true });
  await drill.run();
  return drill;
}

async function taggedDrill(): Promise<Drill> {
  const trustedTags = [{ key: 'keep', writers: [DEPLOYER] }];
  const drill = await settledDrill(enforcingPolicy({ trustedTags }));
  drill.tag({ keep: 'true', password: 'hunter2' });
  await drill.run();
  return drill;
}

const NO_BUDGET = enforcingPolicy({
  limits: { ...enforcingPolicy().limits, accountRemediations: { max: 0, perMinutes: 15 } },
});

/** Stories of a function full of secrets, one for each way that a look can go. */
export const SECRET_STORIES: readonly SecretStory[] = [
  [
    'a violation that is told of',
    'violation',
    () => movedDrill(nothing, enforcingPolicy({ mode: 'audit' })),
  ],
  ['a revert', 'resolution', () => movedDrill(nothing)],
  [
    'a revert that AWS refuses, and the quarantine after it',
    'remediation',
    () =>
      movedDrill(({ obstacles }) => {
        obstacles.answer('attach', REFUSED);
        obstacles.answer('readEventPaths', { value: PATHS });
      }),
  ],
  [
    'a quarantine that AWS refuses',
    'violation',
    () =>
      movedDrill(({ obstacles }) => {
        obstacles.answer('attach', REFUSED);
        obstacles.answer('reserveConcurrency', REFUSED);
      }),
  ],
  [
    'a quarantine of which nobody knows what it costs',
    'remediation',
    () =>
      movedDrill(({ obstacles }) => {
        obstacles.answer('attach', REFUSED);
        obstacles.answer('readEventPaths', { unknown: REFUSED.error });
      }),
  ],
  [
    'a release by an operator',
    'release',
    () =>
      createdDrill(({ release }) => release({ reason: 'ticket 42', force: true, holdHours: 1 })),
  ],
  [
    'a release that AWS refuses',
    'violation',
    () =>
      createdDrill(({ release, obstacles }) => {
        obstacles.answer('reserveConcurrency', REFUSED);
        release({ reason: 'ticket 42', force: true, holdHours: 1 });
      }),
  ],
  [
    'a quarantine that somebody ends',
    'remediation',
    () => createdDrill(({ reserve }) => reserve(5)),
  ],
  ['a wake', 'wake', () => idleDrill(nothing)],
  [
    'a wake that AWS refuses',
    'wake',
    () => idleDrill(({ obstacles }) => obstacles.answer('wake', REFUSED)),
  ],
  ['a tag that somebody sets', 'tag', taggedDrill],
  ['a breaker that trips', 'breaker', () => movedDrill(nothing, NO_BUDGET)],
];

function nothing(): void {}

/** Fills every function with secrets. */
export function hideSecrets(drill: Drill): void {
  for (const [arn, snapshot] of drill.world.snapshots) {
    drill.world.snapshots.set(arn, { ...snapshot, ...SECRETS });
  }
}

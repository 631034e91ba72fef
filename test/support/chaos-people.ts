import type { Attachment } from '../../functions/core/attachment.ts';
import { ATTACHMENTS, DEPLOYER } from './builders.ts';
import type { ChaosAccount } from './chaos-account.ts';
import { EXEMPT_PREFIX, PLATFORM } from './chaos-policies.ts';
import type { Random } from './chaos-random.ts';
import type { AccountParts } from './chaos-trail.ts';
import { OWN_FUNCTION } from './drill.ts';

/** What people need to misbehave. */
export interface PeopleParts extends Omit<AccountParts, 'send'> {
  readonly account: ChaosAccount;
  readonly functions: number;
}

const PREFIX = 'arn:aws:lambda:us-east-1:123456789012:function:';

/** Where somebody attaches a function, and as whom. */
type Place = readonly [attachment: Attachment, by: string];

const GOOD: readonly Place[] = [
  [ATTACHMENTS.approved, DEPLOYER],
  [ATTACHMENTS.alsoApproved, DEPLOYER],
  [ATTACHMENTS.alsoForbidden, PLATFORM],
];
const BAD: readonly Place[] = [
  [ATTACHMENTS.forbidden, DEPLOYER],
  [ATTACHMENTS.forbidden, PLATFORM],
  [ATTACHMENTS.alsoForbidden, DEPLOYER],
  [ATTACHMENTS.detached, DEPLOYER],
];

const PIPELINE_ROUNDS = 7;

const DEEDS = {
  good: 24,
  bad: 24,
  tweak: 8,
  work: 5,
  reserve: 6,
  undo: 8,
  recreate: 5,
  remove: 2,
  vanish: 1,
  idle: 3,
  publish: 3,
  tag: 3,
  pipeline: 2,
  own: 2,
} as const;

/** The ARNs of a chaos run's functions; every tenth is exempt. */
export function functionArnsOf(functions: number): readonly string[] {
  return Array.from({ length: functions }, (_, at) => {
    const prefix = at % 10 === 9 ? EXEMPT_PREFIX : 'function-';
    return `${PREFIX}${prefix}${at}`;
  });
}

/** Sets up what was there before the guardrail, and answers what somebody does next. */
export function createChaosPeople(parts: PeopleParts): () => void {
  const { account, random, world } = parts;
  const functionArns = functionArnsOf(parts.functions);
  const deeds: Record<keyof typeof DEEDS, (functionArn: string) => void> = {
    ...createMischief(parts),
    good: (functionArn) => void account.update(functionArn, ...random.pick(GOOD)),
    bad: (functionArn) => void account.update(functionArn, ...random.pick(BAD)),
    tweak: (functionArn) => account.tweak(functionArn, DEPLOYER, false),
    work: (functionArn) => account.tweak(functionArn, DEPLOYER, true),
    reserve: (functionArn) => account.reserve(functionArn, random.pick([undefined, 0, 1, 5, 9])),
    remove: (functionArn) => account.remove(functionArn, true),
    idle: (functionArn) => account.fallIdle(functionArn),
    publish: (functionArn) => account.publish(functionArn),
    tag: (functionArn) => account.tag(functionArn, DEPLOYER),
    own: () => void account.update(OWN_FUNCTION, ATTACHMENTS.forbidden, DEPLOYER),
  };
  account.inherit(OWN_FUNCTION, ATTACHMENTS.forbidden);
  for (const functionArn of functionArns.slice(0, Math.floor(parts.functions / 2))) {
    account.inherit(functionArn, placeOf(random)[0]);
  }
  return () => {
    const functionArn = random.pick(functionArns);
    if (world.snapshots.has(functionArn)) deeds[random.weighed(DEEDS)](functionArn);
    else account.create(functionArn, ...placeOf(random));
  };
}

/** What people do that nobody likes. */
function createMischief({
  account,
  random,
  world,
  happenings,
  ledger,
  agenda,
  isRough,
}: PeopleParts): Record<
  'undo' | 'recreate' | 'vanish' | 'pipeline',
  (functionArn: string) => void
> {
  const isThere = (functionArn: string): boolean => world.snapshots.has(functionArn);
  return {
    undo: () => {
      const held = [...ledger.holds.keys()];
      if (held.length === 0) return;
      account.reserve(random.pick(held), random.pick([undefined, 1, 5, 7]));
      happenings.count('quarantine undone by its owner');
    },
    recreate: (functionArn) => {
      account.remove(functionArn, true);
      happenings.count('deleted and created again');
      agenda.after(random.between(0, 4_000), () => {
        if (!isThere(functionArn)) account.create(functionArn, ...placeOf(random));
      });
    },
    vanish: (functionArn) => {
      account.remove(functionArn, false);
      happenings.count('deleted, and no event tells');
    },
    pipeline: (functionArn) => {
      happenings.count('pipeline that sets it again and again');
      const everyMs = random.between(15_000, 70_000);
      const place = random.pick(BAD);
      for (let round = 0; round < PIPELINE_ROUNDS; round += 1) {
        agenda.after(round * everyMs, () => {
          if (isThere(functionArn) && isRough()) account.update(functionArn, ...place);
        });
      }
    },
  };
}

function placeOf(random: Random): Place {
  return random.pick(random.chance(0.7) ? GOOD : BAD);
}

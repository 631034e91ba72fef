/** What a check comes to: `unknown` where it could not be seen, `off` where there is nothing to look at. */
export type Answer = 'good' | 'bad' | 'unknown' | 'off';

/** What is looked at, in the order in which it is told. */
export const TOPICS = [
  'endpoint',
  'clock',
  'trail',
  'stack',
  'rule',
  'consumer',
  'queue',
  'dead-letter queue',
  'function',
  'table',
  'mode',
  'breaker',
  'schedule',
  'sweep',
  'heartbeat',
  'topic',
  'alarm',
  'region',
  'permission',
] as const;

/** One of {@link TOPICS}. */
export type Topic = (typeof TOPICS)[number];

/** One thing that was looked at. */
export interface Checkup {
  readonly topic: Topic;
  /** Which one, where there are several of a kind. */
  readonly subject?: string;
  readonly answer: Answer;
  /** What was seen; of something unknown why it was not. */
  readonly seen: string;
  /** A command or an edit; absent where nothing has to be done. */
  readonly fix?: string;
  /** The permission that is lacking. */
  readonly permission?: string;
  /** It is unknown, and nobody can call the guardrail well without it. */
  readonly isEssential?: true;
}

/** What a check is about. */
export type About = Pick<Checkup, 'topic' | 'subject'>;

/** Without these nobody can say whether the guardrail hears of changes and acts. */
const ESSENTIAL: ReadonlySet<Topic> = new Set([
  'trail',
  'stack',
  'rule',
  'consumer',
  'queue',
  'dead-letter queue',
  'function',
  'mode',
  'breaker',
  'schedule',
  'sweep',
  'heartbeat',
]);

/** All is well. */
export function good(about: About, seen: string): Checkup {
  return { ...about, answer: 'good', seen };
}

/** Somebody has to do something. */
export function bad(about: About, seen: string, fix: string): Checkup {
  return { ...about, answer: 'bad', seen, fix };
}

/** There is nothing to look at, or nobody asked for it. */
export function off(about: About, seen: string, fix?: string): Checkup {
  return { ...about, answer: 'off', seen, ...(fix === undefined ? {} : { fix }) };
}

/** It will be known soon. */
export function notYet(about: About, seen: string, fix: string): Checkup {
  return { ...about, answer: 'unknown', seen, fix };
}

/** It could not be seen. */
export function unseen(
  about: About,
  seen: string,
  { permission, fix }: { readonly permission?: string; readonly fix?: string } = {},
): Checkup {
  const way = permission === undefined ? fix : `allow this caller \`${permission}\``;
  return {
    ...about,
    answer: 'unknown',
    seen,
    ...(way === undefined ? {} : { fix: way }),
    ...(permission === undefined ? {} : { permission }),
    ...(ESSENTIAL.has(about.topic) ? { isEssential: true } : {}),
  };
}

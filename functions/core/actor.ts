/** Who made a call, as CloudTrail tells it. */
export interface Actor {
  /** The user's ARN, or the role's of an assumed role (never the session's); absent where the record names none. */
  readonly principalArn?: string;
  readonly accountId?: string;
  /** The session of an assumed role: for people, never for judging. */
  readonly sessionName?: string;
  /** The service that called on somebody's behalf, such as `cloudformation.amazonaws.com`. */
  readonly invokedBy?: string;
  readonly userAgent?: string;
}

/** Names an actor for people. */
export function describeActor(actor: Actor | undefined): string {
  if (actor?.principalArn === undefined) return 'somebody unknown';
  const session = actor.sessionName === undefined ? '' : ` (session ${actor.sessionName})`;
  const via = actor.invokedBy === undefined ? '' : ` through ${actor.invokedBy}`;
  return `${actor.principalArn}${session}${via}`;
}

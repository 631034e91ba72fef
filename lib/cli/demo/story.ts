import type { Journal, JournaledCall, TrailRecord } from '../../local/journal.ts';

/** One notice as a subscriber by mail reads it. */
export interface ToldNotice {
  readonly afterSeconds: number;
  readonly subject: string;
  readonly text: string;
}

/** What the guardrail made of one look at a function: a line of its own log. */
export interface Judgement {
  readonly functionArn: string;
  readonly verdict: string;
  readonly remediation: string;
  readonly reason: string;
  readonly eventId?: string;
  readonly error?: string;
  readonly findings?: readonly {
    readonly controlId: string;
    readonly reason: string;
    readonly statement?: string;
  }[];
}

/** What one scene came to, read from the account's journal. */
export interface Told {
  readonly title: string;
  /** The CloudTrail records of what people did. */
  readonly events: readonly {
    readonly eventName: string;
    readonly eventId: string;
    readonly errorCode?: string;
  }[];
  readonly judgements: readonly Judgement[];
  /** The calls that the guardrail changed something with. */
  readonly remediations: readonly {
    readonly operation: string;
    readonly requestId: string;
    readonly afterSeconds: number;
    readonly errorCode?: string;
  }[];
  readonly notices: readonly ToldNotice[];
  /** What every control says of one function, where an operator asked. */
  readonly verdicts?: readonly ControlVerdict[];
}

/** What one control says of one function. */
export interface ControlVerdict {
  readonly controlId: string;
  readonly verdict: string;
  /** Absent where it is compliant. */
  readonly reason?: string;
}

/** A place in the journal: what comes later belongs to the next scene. */
export interface Bookmark {
  readonly atMs: number;
  readonly calls: number;
  readonly events: number;
  readonly messages: number;
  readonly invocations: number;
}

const REMEDIATIONS: ReadonlySet<string> = new Set([
  'UpdateFunctionConfiguration',
  'PutFunctionConcurrency',
  'DeleteFunctionConcurrency',
  'Invoke',
]);

/** Marks where the journal stands. */
export function bookmark(journal: Journal, atMs: number): Bookmark {
  return {
    atMs,
    calls: journal.calls.length,
    events: journal.events.length,
    messages: journal.messages.length,
    invocations: journal.invocations.length,
  };
}

/** Reads from the journal what happened since a bookmark. */
export function tell(title: string, journal: Journal, since: Bookmark): Told {
  const seconds = (atMs: number) => Math.round((atMs - since.atMs) / 100) / 10;
  return {
    title,
    events: journal.events.slice(since.events).filter(isByPeople).map(toEvent),
    judgements: journal.invocations
      .slice(since.invocations)
      .flatMap(({ logLines }) => logLines)
      .flatMap(parseJudgement),
    remediations: journal.calls
      .slice(since.calls)
      .filter((call) => isByGuardrail(call) && isRemediation(call))
      .map(({ operation, requestId, atMs, errorCode }) => ({
        operation,
        requestId,
        afterSeconds: seconds(atMs),
        ...(errorCode === undefined ? {} : { errorCode }),
      })),
    notices: journal.messages
      .slice(since.messages)
      .flatMap(({ bodies, subject, atMs }) =>
        bodies['email'] === undefined
          ? []
          : [{ afterSeconds: seconds(atMs), subject: subject ?? '', text: bodies['email'] }],
      ),
  };
}

/** Tells whether one of the guardrail's deployed functions made a call. */
export function isByGuardrail({ caller }: Pick<JournaledCall, 'caller'>): boolean {
  return caller.includes(':assumed-role/') && caller.includes('Guardrail');
}

function isByPeople({ userIdentity, eventSource }: TrailRecord): boolean {
  const { type } = userIdentity as { readonly type?: string };
  return type === 'IAMUser' && eventSource === 'lambda.amazonaws.com';
}

function toEvent({ eventName, eventID, errorCode }: TrailRecord): Told['events'][number] {
  return {
    eventName,
    eventId: eventID,
    ...(typeof errorCode === 'string' ? { errorCode } : {}),
  };
}

function parseJudgement(line: string): readonly Judgement[] {
  if (!line.includes('"function judged"')) return [];
  const judgement = JSON.parse(line) as Judgement;
  // A heartbeat, which is about no function of theirs.
  return judgement.verdict === 'not-judged' ? [] : [judgement];
}

/** The schedule invokes functions, too, and remedies nothing by that. */
function isRemediation({ operation, caller }: JournaledCall): boolean {
  return REMEDIATIONS.has(operation) && !caller.includes('SweepSchedule');
}

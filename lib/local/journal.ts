/** One API call that was answered. */
export interface JournaledCall {
  readonly atMs: number;
  readonly service: string;
  readonly operation: string;
  /** ARN of the user or of the role's session. */
  readonly caller: string;
  readonly accessKeyId: string;
  readonly requestId: string;
  readonly status: number;
  readonly errorCode?: string;
  /** From 2 on where the caller's SDK says that it tries again. */
  readonly attempt?: number;
}

/** One message that a topic delivered to one subscriber, or to nobody. */
export interface JournaledMessage {
  readonly atMs: number;
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject?: string;
  /** The text for each protocol that has its own, and `default`. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

/** One run of a deployed function's handler. */
export interface JournaledInvocation {
  readonly atMs: number;
  readonly functionName: string;
  readonly requestId: string;
  readonly isError: boolean;
  /** What the handler wrote to standard output, line by line. */
  readonly logLines: readonly string[];
}

/** One event that Lambda stopped because its function had called itself too often. */
export interface JournaledCut {
  readonly atMs: number;
  readonly functionName: string;
  /** The ARN of a queue, or `Invoke`. */
  readonly source: string;
  /** How often the function was invoked in this chain before. */
  readonly length: number;
}

/** What happened in the account last, in order; everything that is shown to people comes from here. */
export interface Journal {
  readonly calls: JournaledCall[];
  readonly events: TrailRecord[];
  readonly messages: JournaledMessage[];
  readonly invocations: JournaledInvocation[];
  readonly cuts: JournaledCut[];
  /** New TCP connections, by the access key that first used them. */
  readonly connections: Map<string, number>;
  /** Connections that were dropped because nothing had passed over them for too long, by access key. */
  readonly drops: Map<string, number>;
}

/** A CloudTrail record as EventBridge carries it in `detail`. */
export type TrailRecord = Readonly<Record<string, unknown>> & {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventTime: string;
};

/** Creates an empty journal. */
export function createJournal(): Journal {
  return {
    calls: [],
    events: [],
    messages: [],
    invocations: [],
    cuts: [],
    connections: new Map(),
    drops: new Map(),
  };
}

/** So many entries of one kind are kept: calls are small, the others hold texts. */
export const MOST_KEPT = { calls: 100_000, others: 20_000 } as const;

/** Writes an entry down; where there are very many, the oldest are forgotten, some at a time. */
export function note<Entry>(list: Entry[], entry: Entry, most: number = MOST_KEPT.others): void {
  list.push(entry);
  if (list.length > most * 1.1) list.splice(0, list.length - most);
}

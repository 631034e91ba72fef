/** A message as a consumer receives it. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** `ApproximateReceiveCount`, `SentTimestamp` and so on, as SQS spells them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<
    Record<string, { readonly dataType: string; readonly stringValue: string }>
  >;
}

/** A message that is sent. */
export interface SentMessage {
  readonly body: string;
  readonly messageAttributes?: ReceivedMessage['messageAttributes'];
  /** Absent: the queue's own delay. */
  readonly delaySeconds?: number;
  /** X-Ray's header of the call that sent it. */
  readonly traceHeader?: string;
}

/** The queues of the account, as the other services of the account use them. */
export interface Queues {
  readonly exists: (queueArn: string) => boolean;
  /** Answers the message id. */
  readonly send: (queueArn: string, message: SentMessage) => string;
  /** Takes up to `max` visible messages; a message over its receive count moves to the dead-letter queue. */
  readonly receive: (queueArn: string, max: number) => readonly ReceivedMessage[];
  readonly remove: (queueArn: string, receiptHandle: string) => void;
  /** Makes a message visible again after so many seconds. */
  readonly changeVisibility: (queueArn: string, receiptHandle: string, seconds: number) => void;
  /** Tells whoever consumes whenever a message of a queue becomes visible. */
  readonly onVisible: (listener: (queueArn: string) => void) => void;
  /** Every message that a queue holds, in flight or delayed ones included. */
  readonly peek: (queueArn: string) => readonly ReceivedMessage[];
}

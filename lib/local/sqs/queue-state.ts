import type { AccessJudge } from '../../../functions/core/iam/evaluate.ts';
import type { Cancel } from '../clock.ts';
import type { ReceivedMessage } from './queues.ts';

/** A message that lies in a queue. */
export interface HeldMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: ReceivedMessage['messageAttributes'];
  readonly sentAtMs: number;
  readonly senderId: string;
  /** X-Ray's header of the call that sent it. */
  readonly traceHeader?: string;
  /** The queue it was moved from when it was received too often. */
  readonly sourceArn?: string;
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedAtMs?: number;
  /** Takes back the call that would make it visible. */
  cancel?: Cancel;
}

/** Where a message goes that was received too often. */
export interface Redrive {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

/** A queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  purgedAtMs?: number;
  /** As they were given; what was never given has its default. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly messages: Map<string, HeldMessage>;
  redrive?: Redrive;
  policy?: AccessJudge;
}

/** An attribute as a number. */
export function numberOf(queue: Queue, name: keyof typeof DEFAULTS): number {
  return Number(queue.attributes.get(name) ?? DEFAULTS[name]);
}

/** What a queue has that nobody configured. */
export const DEFAULTS = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  VisibilityTimeout: '30',
} as const;

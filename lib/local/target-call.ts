/** A call that hands a text to a target. */
export interface TargetCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** One attribute of a message, in the form of SQS and SNS. */
export interface MessageAttribute {
  readonly DataType: 'String' | 'Number';
  readonly StringValue: string;
}

/** What is handed over; attributes are for queues and topics only. */
export interface Handover {
  readonly text: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
}

const KINDS = ['lambda', 'sns', 'sqs'] as const;
type Kind = (typeof KINDS)[number];

const FUNCTION = /^[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const QUEUE_OR_TOPIC = /^[\w-]+:\d{12}:[\w-]+$/;

/** What kind of target an ARN names; undefined where it is none that services here hand texts to. */
export function targetKind(arn: string): Kind | undefined {
  const [, service, rest = ''] = /^arn:aws[a-z-]*:([a-z]+):(.+)$/.exec(arn) ?? [];
  const kind = KINDS.find((candidate) => candidate === service);
  return (kind === 'lambda' ? FUNCTION : QUEUE_OR_TOPIC).test(rest) ? kind : undefined;
}

/** The call that hands a text to a function, asynchronously, to a topic or to a standard queue. */
export function toTargetCall(
  kind: Kind,
  targetArn: string,
  { text, attributes = {} }: Handover,
): TargetCall {
  const MessageAttributes = { ...attributes };
  switch (kind) {
    case 'lambda':
      return {
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: targetArn, InvocationType: 'Event', Payload: Buffer.from(text) },
      };
    case 'sns':
      return {
        service: 'sns',
        operation: 'Publish',
        input: { TopicArn: targetArn, Message: text, MessageAttributes },
      };
    case 'sqs':
      return {
        service: 'sqs',
        operation: 'SendMessage',
        input: { QueueUrl: urlOf(targetArn), MessageBody: text, MessageAttributes },
      };
  }
}

/** The service reads account and name from it, whatever the host. */
function urlOf(queueArn: string): string {
  const [, , , region = '', accountId = '', name = ''] = queueArn.split(':');
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}

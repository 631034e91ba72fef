import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientSettingsOf } from '../aws-access.ts';
import { counted } from '../operator/counted.ts';
import { bad, type Checkup, good, notYet } from './checkup.ts';
import { type GuardedAccount, queueArnOf } from './doctor-account.ts';
import { judgeFact, type Read, readFact, withClient } from './read-fact.ts';
import { sayAge } from './say-age.ts';

/** How many messages a queue holds, by what becomes of them. */
export interface QueueCounts {
  readonly waiting: number;
  readonly inHand: number;
  /** Sent so that they are due later. */
  readonly later: number;
}

/** Two deliveries that failed take longer. */
const LONGEST_SECONDS = 15 * 60;

/** Looks whether orders are worked on, and whether any could not be carried out. */
export async function checkQueues(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { deployed, caller } = account;
  const { queueUrl, deadLetterQueueUrl, functionNames } = deployed;
  const [queue, dead] = await Promise.all([
    readCounts(account, queueUrl),
    readCounts(account, deadLetterQueueUrl),
  ]);
  const isWaiting = 'value' in queue && queue.value.waiting > 0;
  const oldest = isWaiting ? await readAge(account, nameIn(queueUrl)) : { value: undefined };
  const deadArn = queueArnOf(deadLetterQueueUrl, caller);
  return [
    judgeFact({ topic: 'queue' }, queue, (counts) =>
      judgeQueue(counts, oldest, functionNames.enforce),
    ),
    judgeFact({ topic: 'dead-letter queue' }, dead, (counts) =>
      judgeDeadLetters(counts, { url: deadLetterQueueUrl, arn: deadArn }),
    ),
  ];
}

/** Judges the enforcement queue: messages come and go, and none has to wait for long. */
export function judgeQueue(
  { waiting, inHand, later }: QueueCounts,
  oldest: Read<number | undefined>,
  functionName: string,
): Checkup {
  const about = { topic: 'queue' } as const;
  if (waiting === 0) return good(about, `nothing waits, ${inHand} in hand, ${later} due later`);
  const seconds = 'value' in oldest ? oldest.value : undefined;
  if (seconds === undefined) {
    const why = 'value' in oldest ? 'AWS does not say' : oldest.because;
    const seen = `${counted(waiting, 'message')} waiting; for how long is not known: ${why}`;
    return notYet(about, seen, 'look again in a minute: a number that does not fall is a fault');
  }
  const seen = `${counted(waiting, 'message')} waiting, the oldest for ${sayAge(seconds * 1000)}`;
  if (seconds < LONGEST_SECONDS) return good(about, seen);
  return bad(about, seen, `see why: aws logs tail /aws/lambda/${functionName} --since 1h`);
}

/** Judges the dead-letter queue: whatever is in it was not carried out. */
export function judgeDeadLetters(
  { waiting, inHand, later }: QueueCounts,
  { url, arn }: { readonly url: string; readonly arn: string },
): Checkup {
  const about = { topic: 'dead-letter queue' } as const;
  const count = waiting + inHand + later;
  if (count === 0) return good(about, 'empty');
  return bad(
    about,
    `${counted(count, 'message')} that nobody could carry out`,
    `read why: aws sqs receive-message --queue-url ${url} --message-attribute-names All --visibility-timeout 0; then have them tried again: aws sqs start-message-move-task --source-arn ${arn}`,
  );
}

function readCounts({ access }: GuardedAccount, QueueUrl: string): Promise<Read<QueueCounts>> {
  return withClient(new SQSClient(clientSettingsOf(access)), (client) =>
    readFact('sqs:GetQueueAttributes', async () => {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      const of = (suffix: '' | 'NotVisible' | 'Delayed') =>
        Number(Attributes[`ApproximateNumberOfMessages${suffix}`] ?? 0);
      return { waiting: of(''), inHand: of('NotVisible'), later: of('Delayed') };
    }),
  );
}

/** AWS: the age of the oldest message is a metric, not an attribute. */
function readAge(
  { access, nowMs }: GuardedAccount,
  queueName: string,
): Promise<Read<number | undefined>> {
  const atMs = nowMs();
  const Metric = {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: queueName }],
  };
  return withClient(new CloudWatchClient(clientSettingsOf(access)), (client) =>
    readFact('cloudwatch:GetMetricData', async () => {
      const { MetricDataResults: [result] = [] } = await client.send(
        new GetMetricDataCommand({
          StartTime: new Date(atMs - LONGEST_SECONDS * 1000),
          EndTime: new Date(atMs),
          ScanBy: 'TimestampDescending',
          MetricDataQueries: [{ Id: 'age', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
        }),
      );
      return result?.Values?.[0];
    }),
  );
}

function nameIn(queueUrl: string): string {
  return queueUrl.split('/').at(-1) ?? queueUrl;
}

import {
  CloudWatchClient,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good, notYet, off, unseen } from './checkup.ts';
import type { GuardedAccount } from './doctor-account.ts';
import { readFact, withClient } from './read-fact.ts';

/** Looks at the alarms whose names begin as those of the guardrail do. */
export async function checkAlarms(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { access, deployed } = account;
  const read = await withClient(new CloudWatchClient(clientSettingsOf(access)), (client) =>
    readFact('cloudwatch:DescribeAlarms', async () => {
      const found: MetricAlarm[] = [];
      const asked = { AlarmNamePrefix: deployed.name };
      for await (const page of paginateDescribeAlarms({ client }, asked)) {
        found.push(...(page.MetricAlarms ?? []));
      }
      return found;
    }),
  );
  if (!('value' in read)) return [unseen({ topic: 'alarm' }, read.because, read)];
  return judgeAlarms(read.value, deployed);
}

/** What an alarm would be made of. */
type Alarmed = Pick<GuardedAccount['deployed'], 'name' | 'deadLetterQueueUrl' | 'findingsTopicArn'>;

/** Judges alarms one by one; there may be none. */
export function judgeAlarms(
  alarms: readonly MetricAlarm[],
  { name, deadLetterQueueUrl, findingsTopicArn }: Alarmed,
): readonly Checkup[] {
  if (alarms.length > 0) return alarms.map(judgeAlarm);
  const queueName = deadLetterQueueUrl.split('/').at(-1);
  return [
    off(
      { topic: 'alarm' },
      `there is no alarm whose name begins with \`${name}\``,
      `aws cloudwatch put-metric-alarm --alarm-name ${name}-dead-letters --namespace AWS/SQS --metric-name ApproximateNumberOfMessagesVisible --dimensions Name=QueueName,Value=${queueName} --statistic Maximum --period 300 --evaluation-periods 1 --threshold 0 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching --alarm-actions ${findingsTopicArn}`,
    ),
  ];
}

function judgeAlarm(alarm: MetricAlarm): Checkup {
  const { AlarmName: subject = '', StateValue, StateReason = '', ActionsEnabled = true } = alarm;
  const about = { topic: 'alarm', subject } as const;
  const look = `aws cloudwatch describe-alarm-history --alarm-name ${subject}`;
  if (StateValue === 'ALARM') return bad(about, `ALARM: ${StateReason}`, look);
  if (!ActionsEnabled) {
    const fix = `aws cloudwatch enable-alarm-actions --alarm-names ${subject}`;
    return bad(about, `${StateValue}, but its actions are switched off: it tells nobody`, fix);
  }
  if (StateValue === 'OK') return good(about, 'OK');
  return notYet(about, `${StateValue}: ${StateReason}`, look);
}

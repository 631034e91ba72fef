import { CfnOutput } from 'aws-cdk-lib';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import type { LambdaVpcGuardrail } from './lambda-vpc-guardrail.ts';

const TRAIL_REQUIRED =
  'The guardrail hears of changes through CloudTrail: this region needs a trail that logs management write events.';

/** Adds the outputs that operators and the command line read; they are called the same in whatever stack it is. */
export function createOutputs(guardrail: LambdaVpcGuardrail, policy: CompiledPolicy): void {
  for (const [key, value] of Object.entries(toOutputs(guardrail, policy))) {
    new CfnOutput(guardrail, key, { value }).overrideLogicalId(key);
  }
}

function toOutputs(
  { functions, queues, records, topics }: LambdaVpcGuardrail,
  { mode, hash }: CompiledPolicy,
) {
  return {
    DeployedMode: mode,
    PolicyHash: hash,
    EnforceFunctionName: functions.enforce.functionName,
    RescanFunctionName: functions.rescan.functionName,
    SweepFunctionName: functions.sweep.functionName,
    ReleaseFunctionName: functions.release.functionName,
    QueueUrl: queues.queue.queueUrl,
    DeadLetterQueueUrl: queues.deadLetterQueue.queueUrl,
    TableName: records.tableName,
    FindingsTopicArn: topics.findings.topicArn,
    ChatTopicArn: topics.chat.topicArn,
    TrailRequired: TRAIL_REQUIRED,
  };
}

import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { LambdaVpcGuardrail, type LambdaVpcGuardrailProps } from './lambda-vpc-guardrail.ts';

const TRAIL_REQUIRED =
  'The guardrail hears of changes through CloudTrail: this region needs a trail that logs management write events.';

/** The guardrail as a stack of its own, with outputs that operators and the command line read. */
export class GuardrailStack extends Stack {
  readonly guardrail: LambdaVpcGuardrail;

  constructor(scope: Construct, id: string, props: LambdaVpcGuardrailProps) {
    super(scope, id, {
      analyticsReporting: false,
      description: 'Keeps the Lambda functions of an account in the VPCs that its policy allows',
    });
    this.guardrail = new LambdaVpcGuardrail(this, 'Guardrail', props);
    for (const [key, value] of Object.entries(toOutputs(this.guardrail, props.policy))) {
      new CfnOutput(this, key, { value });
    }
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

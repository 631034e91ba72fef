import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENFORCE_ENVIRONMENTS } from '../../functions/core/lambda-quotas.ts';
import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { createChangeRule } from './change-rule.ts';
import { checkProps } from './check-props.ts';
import { createFunctions, type GuardrailFunctions } from './guardrail-functions.ts';
import { createQueues, createTopics, type EnforcementQueues, type Topics } from './messaging.ts';
import { createNetworkRule } from './network-rule.ts';
import { createRecordsTable } from './records-table.ts';
import { createSlackChannel, type SlackChannel } from './slack-channel.ts';
import { createOutputs } from './stack-outputs.ts';
import { createSweepSchedule } from './sweep-schedule.ts';

/** What a deployment of the guardrail is made from. */
export interface LambdaVpcGuardrailProps {
  /** Bundled into the functions; its mode decides whether their roles may write. */
  readonly policy: CompiledPolicy;
  /** Mail addresses that get the findings; each has to confirm its subscription. Default: none. */
  readonly alertEmails?: readonly string[];
  /** Where the chat notices are shown. Default: nowhere. */
  readonly slack?: SlackChannel;
  /** What the names of the functions begin with. Default: `lambda-vpc-guardrail`. */
  readonly name?: string;
}

/** The guardrail of one account and region: rules, schedule, queue, functions, records and topics. */
export class LambdaVpcGuardrail extends Construct {
  readonly records: Table;
  readonly queues: EnforcementQueues;
  readonly topics: Topics;
  readonly functions: GuardrailFunctions;

  constructor(scope: Construct, id: string, props: LambdaVpcGuardrailProps) {
    super(scope, id);
    checkProps(props);
    const { policy, slack, name = 'lambda-vpc-guardrail' } = props;
    this.records = createRecordsTable(this);
    this.queues = createQueues(this);
    this.topics = createTopics(this, props.alertEmails ?? []);
    this.functions = createFunctions(this, {
      name,
      policy,
      records: this.records,
      queues: this.queues,
      topics: this.topics,
    });
    const changeRule = createChangeRule(this, `${name}-function-changes`, this.queues);
    createNetworkRule(this, `${name}-network-changes`, this.queues);
    const schedule = createSweepSchedule(this, `${name}-sweep`, this.functions.sweep);
    // The first tick comes at once: the event of its heartbeat has to find its way back.
    schedule.node.addDependency(changeRule, this.queues.queue);
    new EventSourceMapping(this, 'Orders', {
      target: this.functions.enforce,
      eventSourceArn: this.queues.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: ENFORCE_ENVIRONMENTS,
    });
    if (slack !== undefined) {
      createSlackChannel(this, name, { channel: slack, topic: this.topics.chat });
    }
    createOutputs(this, policy);
  }
}

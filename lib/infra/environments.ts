import type { FunctionParts, GuardrailFunctions } from './guardrail-functions.ts';

/** What the guardrail has to recognise as itself. */
export interface OwnArns {
  readonly ownFunctionArns: readonly string[];
  readonly ownRoleArns: readonly string[];
  /** The function that sends itself the heartbeat. */
  readonly sweepFunctionArn: string;
}

/** The environment of one function. */
export type Environment = Readonly<Record<string, string>>;

/** Builds the environment of each function: the runtime reads exactly these names. */
export function createEnvironments(
  { name, records, queues, topics }: FunctionParts,
  own: OwnArns,
): Readonly<Record<keyof GuardrailFunctions, Environment>> {
  const common = {
    CHAT_TOPIC_ARN: topics.chat.topicArn,
    FINDINGS_TOPIC_ARN: topics.findings.topicArn,
    LOG_LEVEL: 'INFO',
    OWN_FUNCTION_ARNS: own.ownFunctionArns.join(','),
    OWN_ROLE_ARNS: own.ownRoleArns.join(','),
    POWERTOOLS_METRICS_NAMESPACE: 'LambdaVpcGuardrail',
    POWERTOOLS_SERVICE_NAME: name,
    QUEUE_URL: queues.queue.queueUrl,
    TABLE_NAME: records.tableName,
  };
  const enforce = { ...common, DEAD_LETTER_QUEUE_URL: queues.deadLetterQueue.queueUrl };
  const sweep = { ...common, SWEEP_FUNCTION_ARN: own.sweepFunctionArn };
  return { enforce, rescan: common, sweep, release: common };
}

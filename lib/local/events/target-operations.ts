import {
  ListTargetsByRule$,
  type ListTargetsByRuleRequest,
  type ListTargetsByRuleResponse,
  PutTargets$,
  type PutTargetsRequest,
  type PutTargetsResponse,
  RemoveTargets$,
  type RemoveTargetsRequest,
  type RemoveTargetsResponse,
} from '@aws-sdk/client-eventbridge';
import { parseJson } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { defineRead, defineWrite } from './define-events.ts';
import type { EventBus, RuleTarget } from './event-bus.ts';
import { invalid, tooMany } from './events-faults.ts';
import { findRule } from './rule-operations.ts';

type OnRule<Request extends { Rule: string | undefined }> = Given<Request, 'Rule'>;
type PutInput = OnRule<PutTargetsRequest> & { readonly Targets: readonly RuleTarget[] };
type RemoveInput = OnRule<RemoveTargetsRequest> & Given<RemoveTargetsRequest, 'Ids'>;

const MOST_TARGETS = 5;

/** What a target may have here: everything else would change deliveries. */
const SUPPORTED = ['Id', 'Arn', 'Input', 'RetryPolicy', 'DeadLetterConfig', 'RoleArn'];

const byRule = ({ Rule }: { readonly Rule: string }) => Rule;

/** The operations on the targets of rules. */
export function targetOperations(bus: EventBus): readonly Operation[] {
  return [
    defineWrite<PutInput, PutTargetsResponse>(PutTargets$, bus, {
      ruleOf: byRule,
      handle: ({ Rule, Targets }) => putTargets(bus, Rule, Targets),
    }),
    defineWrite<RemoveInput, RemoveTargetsResponse>(RemoveTargets$, bus, {
      ruleOf: byRule,
      handle: ({ Rule, Ids }) => {
        const { targets } = findRule(bus, Rule);
        const missing = Ids.filter((id) => !targets.delete(id));
        return {
          FailedEntryCount: missing.length,
          FailedEntries: missing.map((TargetId) => ({
            TargetId,
            ErrorCode: 'ResourceNotFoundException',
            ErrorMessage: `Rule ${Rule} has no target ${TargetId}.`,
          })),
        };
      },
    }),
    defineRead<OnRule<ListTargetsByRuleRequest>, ListTargetsByRuleResponse>(
      ListTargetsByRule$,
      bus,
      {
        ruleOf: byRule,
        handle: ({ Rule, Limit = 100, NextToken }) => {
          const targets = [...findRule(bus, Rule).targets.values()];
          const page = cutPage(targets, { limit: Math.max(1, Limit), token: NextToken });
          if (page === undefined) throw invalid('Parameter NextToken is not valid.');
          return {
            Targets: [...page.items],
            ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
          };
        },
      },
    ),
  ];
}

function putTargets(
  bus: EventBus,
  ruleName: string,
  given: readonly RuleTarget[],
): PutTargetsResponse {
  const { targets } = findRule(bus, ruleName);
  if (given.length === 0) throw invalid('Parameter Targets is not valid: it must not be empty.');
  for (const target of given) checkTarget(target);
  const ids = new Set([...targets.keys(), ...given.map(({ Id }) => Id)]);
  if (ids.size > MOST_TARGETS) throw tooMany();
  for (const target of given) targets.set(target.Id, target);
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function checkTarget(target: RuleTarget): void {
  const { Id = '', Arn = '', Input, DeadLetterConfig, RetryPolicy } = target;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Id)) {
    throw invalid(`Parameter Id is not valid: \`${Id}\`.`);
  }
  checkQueueArn(Arn, Id);
  if (DeadLetterConfig?.Arn !== undefined) checkQueueArn(DeadLetterConfig.Arn, Id);
  const unsupported = Object.keys(target).find((name) => !SUPPORTED.includes(name));
  if (unsupported !== undefined) {
    throw invalid(
      `Parameter ${unsupported} is not valid for target ${Id}: the local account supports ${SUPPORTED.join(', ')}.`,
    );
  }
  if (Input !== undefined && parseJson(Input) === undefined) {
    throw invalid(`JSON syntax error in input for target ${Id}`);
  }
  checkRetries(RetryPolicy ?? {}, Id);
}

function checkQueueArn(arn: string, id: string): void {
  if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\d{0,12}:.+$/.test(arn)) {
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (arn.split(':')[2] === 'sqs' && !arn.endsWith('.fifo')) return;
  throw invalid(
    `Target ${id} is not valid: the local account delivers to SQS standard queues only, not to \`${arn}\`.`,
  );
}

function checkRetries(
  {
    MaximumRetryAttempts = 185,
    MaximumEventAgeInSeconds = 86_400,
  }: NonNullable<RuleTarget['RetryPolicy']>,
  id: string,
): void {
  const isGood =
    MaximumRetryAttempts >= 0 &&
    MaximumRetryAttempts <= 185 &&
    MaximumEventAgeInSeconds >= 60 &&
    MaximumEventAgeInSeconds <= 86_400;
  if (!isGood) throw invalid(`Parameter RetryPolicy is not valid for target ${id}.`);
}

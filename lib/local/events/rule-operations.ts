import {
  DeleteRule$,
  type DeleteRuleRequest,
  DescribeRule$,
  type DescribeRuleRequest,
  type DescribeRuleResponse,
  DisableRule$,
  type DisableRuleRequest,
  EnableRule$,
  type EnableRuleRequest,
  ListRules$,
  type ListRulesRequest,
  type ListRulesResponse,
  ListTagsForResource$,
  type ListTagsForResourceRequest,
  type ListTagsForResourceResponse,
  PutRule$,
  type PutRuleRequest,
  type PutRuleResponse,
  type RuleState,
  type Rule as RuleView,
} from '@aws-sdk/client-eventbridge';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { defineRead, defineWrite, ruleArnOf } from './define-events.ts';
import type { EventBus, Rule } from './event-bus.ts';
import { compilePattern } from './event-pattern.ts';
import { eventsFault, invalid, ruleMissing, tooMany } from './events-faults.ts';

type Named<Request extends { Name: string | undefined }> = Given<Request, 'Name'>;

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_RULES = 300;

const byName = ({ Name }: { readonly Name: string }) => Name;

/** The operations on rules. */
export function ruleOperations(bus: EventBus): readonly Operation[] {
  return [
    defineWrite<Named<PutRuleRequest>, PutRuleResponse>(PutRule$, bus, {
      ruleOf: byName,
      handle: (input) => putRule(bus, input),
    }),
    defineWrite<Named<DeleteRuleRequest>, void>(DeleteRule$, bus, {
      ruleOf: byName,
      handle: ({ Name }) => deleteRule(bus, Name),
    }),
    defineWrite<Named<EnableRuleRequest>, void>(EnableRule$, bus, {
      ruleOf: byName,
      handle: ({ Name }) => setState(bus, Name, 'ENABLED'),
    }),
    defineWrite<Named<DisableRuleRequest>, void>(DisableRule$, bus, {
      ruleOf: byName,
      handle: ({ Name }) => setState(bus, Name, 'DISABLED'),
    }),
    defineRead<Named<DescribeRuleRequest>, DescribeRuleResponse>(DescribeRule$, bus, {
      ruleOf: byName,
      handle: ({ Name }) => ({ ...toView(findRule(bus, Name)), CreatedBy: accountOf(bus) }),
    }),
    defineRead<ListRulesRequest, ListRulesResponse>(ListRules$, bus, {
      ruleOf: () => '*',
      handle: (input) => listRules(bus, input),
    }),
    listTags(bus),
  ];
}

/** Finds a rule, or says that there is none. */
export function findRule(bus: EventBus, name: string): Rule {
  const rule = bus.rules.get(name);
  if (rule === undefined) throw ruleMissing(name);
  return rule;
}

function putRule(bus: EventBus, input: Named<PutRuleRequest>): PutRuleResponse {
  const { Name: name, EventPattern: pattern, State: state = 'ENABLED' } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) throw invalidName(name);
  if (input.ScheduleExpression !== undefined) {
    throw invalid('ScheduleExpression is not valid: the local account runs no schedules yet.');
  }
  if (pattern === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const held = bus.rules.get(name);
  if (held === undefined && bus.rules.size >= MOST_RULES) throw tooMany();
  const tags = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
  const rule: Rule = {
    name,
    arn: ruleArnOf(bus, name),
    pattern,
    matches: compilePattern(pattern),
    state: readState(state),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
    targets: held?.targets ?? new Map(),
    // AWS: tags are given when a rule is made; a later PutRule leaves them alone.
    tags: held?.tags ?? new Map(tags),
  };
  bus.rules.set(name, rule);
  return { RuleArn: rule.arn };
}

function invalidName(name: string): Error {
  return invalid(
    `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
  );
}

function readState(state: string): RuleState {
  switch (state) {
    case 'ENABLED':
    case 'DISABLED':
    case 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS':
      return state;
    default:
      throw invalid(
        `1 validation error detected: Value '${state}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]`,
      );
  }
}

/** AWS: deleting a rule that is gone succeeds. */
function deleteRule(bus: EventBus, name: string): void {
  if ((bus.rules.get(name)?.targets.size ?? 0) > 0) {
    throw invalid("Rule can't be deleted since it has targets.");
  }
  bus.rules.delete(name);
}

function setState(bus: EventBus, name: string, state: RuleState): void {
  bus.rules.set(name, { ...findRule(bus, name), state });
}

function listRules(bus: EventBus, input: ListRulesRequest): ListRulesResponse {
  const { NamePrefix = '', Limit = 100, NextToken } = input;
  const rules = [...bus.rules.values()].filter(({ name }) => name.startsWith(NamePrefix));
  const page = cutPage(rules, { limit: Limit, token: NextToken });
  if (page === undefined || Limit < 1 || Limit > 100) {
    throw invalid('Parameter NextToken or Limit is not valid.');
  }
  return {
    Rules: page.items.map(toView),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function listTags(bus: EventBus): Operation {
  return operation<Given<ListTagsForResourceRequest, 'ResourceARN'>, ListTagsForResourceResponse>(
    ListTagsForResource$,
    {
      needs: ({ ResourceARN }) => [{ action: 'events:ListTagsForResource', resource: ResourceARN }],
      handle: ({ ResourceARN }) => {
        const rule = [...bus.rules.values()].find(({ arn }) => arn === ResourceARN);
        if (rule === undefined) {
          throw eventsFault('ResourceNotFoundException', `Rule ${ResourceARN} does not exist.`);
        }
        return { Tags: [...rule.tags].map(([Key, Value]) => ({ Key, Value })) };
      },
    },
  );
}

function toView(rule: Rule): RuleView {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    State: rule.state,
    EventBusName: 'default',
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
  };
}

function accountOf({ arn }: EventBus): string {
  return arn.split(':')[4] ?? '';
}

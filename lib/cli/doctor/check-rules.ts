import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good } from './checkup.ts';
import { type GuardedAccount, queueArnOf } from './doctor-account.ts';
import { judgeFact, REBUILD, type Read, readFact, withClient } from './read-fact.ts';
import { shellWord } from './shell-word.ts';

/** A rule with its targets, as far as they could be read. */
export interface SeenRule {
  /** Absent where there is no such rule. */
  readonly rule: Rule | undefined;
  readonly targets: Read<readonly Target[]>;
}

/** Where a rule has to lead. */
export interface WantedTarget {
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
}

/** Looks at the two rules: whether they are on and lead to the queue. */
export async function checkRules(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { access, deployed, caller } = account;
  const { name, queueUrl, deadLetterQueueUrl } = deployed;
  const wanted = {
    queueArn: queueArnOf(queueUrl, caller),
    deadLetterQueueArn: queueArnOf(deadLetterQueueUrl, caller),
  };
  return withClient(new EventBridgeClient(clientSettingsOf(access)), async (client) => {
    const rules = await readFact('events:ListRules', async () => {
      const { Rules = [] } = await client.send(new ListRulesCommand({ NamePrefix: name }));
      return Rules;
    });
    const names = [`${name}-function-changes`, `${name}-network-changes`];
    return Promise.all(
      names.map(async (ruleName) => {
        const about = { topic: 'rule', subject: ruleName } as const;
        const targets = await readTargets(client, ruleName);
        return judgeFact(about, rules, (found) => {
          const rule = found.find(({ Name }) => Name === ruleName);
          return judgeRule(ruleName, { rule, targets }, wanted);
        });
      }),
    );
  });
}

function readTargets(client: EventBridgeClient, Rule: string): Promise<SeenRule['targets']> {
  return readFact('events:ListTargetsByRule', async () => {
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule }));
    return Targets;
  });
}

/** Judges one rule. */
export function judgeRule(
  ruleName: string,
  { rule, targets }: SeenRule,
  { queueArn, deadLetterQueueArn }: WantedTarget,
): Checkup {
  const about = { topic: 'rule', subject: ruleName } as const;
  if (rule === undefined) return bad(about, 'it is not there: nobody is told of changes', REBUILD);
  if (rule.State === 'DISABLED') {
    const seen = 'it is disabled: changes are found by sweeps only';
    return bad(about, seen, `aws events enable-rule --name ${ruleName}`);
  }
  return judgeFact(about, targets, (found) => {
    if (found.some(({ Arn }) => Arn === queueArn)) return good(about, 'on, and leads to the queue');
    const target = [
      {
        Id: 'EnforcementQueue',
        Arn: queueArn,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: deadLetterQueueArn },
      },
    ];
    return bad(
      about,
      `it does not lead to the queue \`${queueArn}\`: what it matches is lost`,
      `aws events put-targets --rule ${ruleName} --targets ${shellWord(JSON.stringify(target))}`,
    );
  });
}

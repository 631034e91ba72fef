import { spellKey } from '../../../../functions/core/iam/condition-keys.ts';
import type { Condition } from '../../../../functions/core/iam/document.ts';
import { mayMeet } from '../../export/patterns.ts';
import { comparesAttachment, spell } from '../conditions.ts';
import { findingIn, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedStatement } from '../linted-access.ts';

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['lambda:vpcids', 'vpc-'],
  ['lambda:subnetids', 'subnet-'],
  ['lambda:securitygroupids', 'sg-'],
]);

/** A value that no id of its key is spelled like: another kind, or capital letters. */
export const noSuchId: LintRule = {
  id: 'no-such-id',
  title:
    'a value under a key of the attachment that is an id of another kind, or in capital letters',
  find: ({ statements }) => statements.flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const { conditions } = linted.statement;
  const [first] = conditions.flatMap((condition) => {
    const [value] = wrongValues(condition);
    return value === undefined ? [] : [{ condition, value }];
  });
  if (first === undefined) return [];
  const { condition, value } = first;
  const prefix = PREFIXES.get(condition.key);
  const message = `${spell(condition)} compares with \`${value}\`, and the ids of \`${spellKey(condition.key)}\` begin with \`${prefix}\` and have no capital letters`;
  const lowered = conditions.map(lower);
  const isEnough = lowered.every((each) => wrongValues(each).length === 0);
  const corrected = isEnough ? replaceBy([linted], [withConditions(linted.written, lowered)]) : {};
  return [{ ...findingIn(linted, noSuchId.id, message), ...corrected }];
}

function wrongValues(condition: Condition): readonly string[] {
  const prefix = PREFIXES.get(condition.key);
  if (prefix === undefined || !comparesAttachment(condition)) return [];
  const isCaseIgnored = condition.operator.endsWith('IgnoreCase');
  return condition.values.filter((value) => {
    const text = isCaseIgnored ? value.toLowerCase() : value;
    return /[A-Z]/.test(text) || !mayMeet(text, `${prefix}*`);
  });
}

function lower(condition: Condition): Condition {
  if (wrongValues(condition).length === 0) return condition;
  return { ...condition, values: condition.values.map((value) => value.toLowerCase()) };
}

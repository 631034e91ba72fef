import { spellKey } from '../../../functions/core/iam/condition-keys.ts';
import { spellOperator } from '../../../functions/core/iam/describe-condition.ts';
import type { Condition } from '../../../functions/core/iam/document.ts';
import type { Draft } from './draft.ts';

/** The region that is called, as IAM's reference spells it. */
export const REGION_KEY = 'aws:RequestedRegion';

const SPELLINGS = new Map([[REGION_KEY.toLowerCase(), REGION_KEY]]);

/** A statement as it stands in a document. */
export type RenderedStatement = Readonly<Record<string, unknown>>;

/** Writes a Deny statement as IAM reads it. */
export function renderStatement(
  { actions, resource, conditions }: Draft,
  sid: string,
): RenderedStatement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Action: oneOrMany(actions),
    [resource.isNot ? 'NotResource' : 'Resource']: oneOrMany(resource.patterns),
    ...(conditions.length === 0 ? {} : { Condition: renderConditions(conditions) }),
  };
}

function renderConditions(conditions: readonly Condition[]): RenderedStatement {
  const byOperator: Record<string, RenderedStatement> = {};
  for (const condition of conditions) {
    const operator = spellOperator(condition);
    const key = SPELLINGS.get(condition.key) ?? spellKey(condition.key);
    byOperator[operator] = { ...byOperator[operator], [key]: oneOrMany(condition.values) };
  }
  return byOperator;
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}

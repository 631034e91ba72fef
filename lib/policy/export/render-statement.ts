import { GuardrailError } from '../../../functions/core/guardrail-error.ts';
import { type ConditionBlock, oneOrMany, writeConditions } from '../write-conditions.ts';
import type { Draft } from './draft.ts';

/** The region that is called, as IAM's reference spells it. */
export const REGION_KEY = 'aws:RequestedRegion';

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

/** INVARIANT: conjoining left one list for each key of an operator; a condition lost would deny what is allowed. */
function renderConditions(conditions: Draft['conditions']): ConditionBlock {
  const block = writeConditions(conditions);
  if (block === undefined) {
    throw new GuardrailError('two conditions of one statement exclude each other', {
      code: 'CONFIG_INVALID',
    });
  }
  return block;
}

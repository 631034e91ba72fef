import {
  type CompiledCondition,
  compileCondition,
  type KeyValues,
  type Truth,
} from './condition.ts';
import type { Condition } from './document.ts';
import type { AccessRequest } from './evaluate.ts';
import { type ResourceName, toResourceName } from './resource.ts';

/** A condition that many statements may have in common. */
export interface SharedCondition extends CompiledCondition {
  /** Where the values of its key stand among those of a request. */
  readonly slot: number;
  /** Where its answer stands among those of a request, if more than one statement has it. */
  index?: number;
}

/** A request, with what it answers to the conditions of many statements. */
export interface AskedRequest {
  readonly request: AccessRequest;
  readonly resource: ResourceName;
  readonly values: readonly KeyValues[];
  readonly answers: (Truth | undefined)[];
}

/** All that some documents ask about a request: each key and each condition once. */
export interface Questions {
  readonly toShared: (condition: Condition) => SharedCondition;
  readonly toAsked: (request: AccessRequest) => AskedRequest;
}

const ABSENT: readonly string[] = [];

/** Creates what gathers the conditions of statements, and then puts them to requests. */
export function createQuestions(): Questions {
  const byText = new Map<string, SharedCondition>();
  const keys: string[] = [];
  let repeated = 0;
  return {
    toShared: (condition) => {
      const text = JSON.stringify(condition);
      const known = byText.get(text);
      if (known !== undefined) {
        known.index ??= repeated++;
        return known;
      }
      if (!keys.includes(condition.key)) keys.push(condition.key);
      const added = { ...compileCondition(condition), slot: keys.indexOf(condition.key) };
      byText.set(text, added);
      return added;
    },
    toAsked: (request) => ({
      request,
      resource: toResourceName(request.resource),
      values: keys.map((key) => valuesOf(request, key)),
      answers: [],
    }),
  };
}

/** What a request answers to a condition; looked up again where several statements ask. */
export function answerOf(condition: SharedCondition, { values, answers }: AskedRequest): Truth {
  const { index, slot, answer } = condition;
  if (index === undefined) return answer(values[slot]);
  const known = answers[index];
  if (known !== undefined) return known;
  const found = answer(values[slot]);
  answers[index] = found;
  return found;
}

function valuesOf({ context, unknownKeys }: AccessRequest, key: string): KeyValues {
  if (unknownKeys?.has(key)) return undefined;
  return (Object.hasOwn(context, key) ? context[key] : undefined) ?? ABSENT;
}

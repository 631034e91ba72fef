import { type Allow, literalsOf } from './allow-literals.ts';
import type { Cell } from './dimensions.ts';
import {
  type Draft,
  distinct,
  EVERYTHING,
  type LeftOut,
  leaveOut,
  type Origin,
  type Outcome,
  type Resource,
} from './draft.ts';
import { meetResources } from './meet-resources.ts';
import { MOST_TERMS, multiply, type Term } from './multiply.ts';
import { partitionAllows } from './partition-allows.ts';
import { toSid } from './statement-ids.ts';

/** What denies, and what cannot be said. */
export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly leftOut: readonly LeftOut[];
}

const TOO_MANY = `what the Allows do not cover takes more than ${MOST_TERMS} statements`;

/** Drafts the denial of every call that none of some Allows covers. */
export function complementAllows(actions: readonly string[], allows: readonly Allow[]): Drafted {
  const origins = distinct(allows.map(({ origin }) => origin));
  const [first, ...others] = origins;
  const single = first !== undefined && others.length === 0 ? toSid(first) : 'AllAllows';
  const blank = { name: `Outside${single}`, actions, origins };
  const whole: Cell = { resource: EVERYTHING, conditions: [], allows };
  const parts = partitionAllows(whole).map((cell) => complementCell(cell, blank));
  return {
    drafts: parts.flatMap(({ drafts }) => drafts),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  };
}

function complementCell(cell: Cell, blank: Pick<Draft, 'name' | 'actions' | 'origins'>): Drafted {
  const terms = multiply(cell.allows.map(literalsOf));
  if (terms === undefined) {
    return {
      drafts: [],
      leftOut: leaveOut(
        cell.allows.map(({ origin }) => origin),
        TOO_MANY,
      ),
    };
  }
  const drafts: Draft[] = [];
  const leftOut: LeftOut[] = [];
  for (const term of terms) {
    const unsaid = unsayableOf(term);
    const resource = meetAll([cell.resource, ...term.map((literal) => literal.resource)]);
    if (unsaid.length > 0) leftOut.push(...unsaid);
    else if (resource.kind === 'inexpressible') {
      leftOut.push(...leaveOut(originsOf(term), resource.why));
    } else if (resource.kind === 'made') {
      const conditions = [...cell.conditions, ...term.flatMap((literal) => literal.conditions)];
      drafts.push({ ...blank, resource: resource.value, conditions });
    }
  }
  return { drafts, leftOut };
}

function unsayableOf(term: Term): readonly LeftOut[] {
  return term.flatMap(({ origin, why }) => (why === undefined ? [] : leaveOut([origin], why)));
}

function originsOf(term: Term): readonly Origin[] {
  return term.map(({ origin }) => origin);
}

function meetAll([first, ...others]: readonly [
  Resource,
  ...(readonly Resource[]),
]): Outcome<Resource> {
  let met: Outcome<Resource> = { kind: 'made', value: first };
  for (const resource of others) {
    if (met.kind === 'made') met = meetResources(met.value, resource);
  }
  return met;
}

import { ATTACHMENT_CALLS } from '../../../functions/core/controls/control.ts';
import { compileAction } from '../../../functions/core/iam/compile-statement.ts';
import type { AccessDocument, Statement } from '../../../functions/core/iam/document.ts';
import type { Allow } from './allow-literals.ts';
import { complementAllows, type Drafted } from './complement-allows.ts';
import { type Draft, EVERYTHING, leaveOut, type Origin } from './draft.ts';
import { REGION_KEY } from './render-statement.ts';
import { toSid } from './statement-ids.ts';

interface Placed {
  readonly origin: Origin;
  readonly statement: Statement;
  /** The two calls, as far as the statement is about them. */
  readonly actions: readonly string[];
}

const CALLS = ATTACHMENT_CALLS.map((call) => `lambda:${call}`);

/** Drafts what the documents deny of the calls that set an attachment, in so many words or by not allowing it. */
export function draftDenials(documents: readonly AccessDocument[]): Drafted {
  const placed = documents.flatMap(({ name, statements }) =>
    statements.map((statement): Placed => {
      const origin = { document: name, statement: statement.id };
      return { origin, statement, actions: CALLS.filter(compileAction(statement.action)) };
    }),
  );
  const denies = placed.filter(
    ({ statement, actions }) => statement.effect === 'Deny' && actions.length > 0,
  );
  const parts = [...denies.map(draftDeny), ...draftImplicit(placed)];
  return {
    drafts: parts.flatMap(({ drafts }) => drafts),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  };
}

/** Drafts the denial of the calls in regions that have no guardrail. */
export function draftElsewhere(regions: readonly string[]): readonly Draft[] {
  if (regions.length === 0) return [];
  const key = REGION_KEY.toLowerCase();
  return [
    {
      name: 'OutsideGuardedRegions',
      actions: CALLS,
      resource: EVERYTHING,
      conditions: [{ operator: 'StringNotEquals', ifExists: false, key, values: regions }],
      origins: [{ document: 'regions', statement: regions.join(' ') }],
    },
  ];
}

function draftDeny({ origin, statement, actions }: Placed): Drafted {
  const { principal, resource, conditions } = statement;
  if (principal !== undefined) {
    return { drafts: [], leftOut: leaveOut([origin], 'the statement names a principal') };
  }
  const draft = { name: toSid(origin), actions, resource, conditions, origins: [origin] };
  return { drafts: [draft], leftOut: [] };
}

/** Calls that the same Allows are about are denied together; one that no Allow is about is not denied. */
function draftImplicit(placed: readonly Placed[]): readonly Drafted[] {
  const byAllows = new Map<
    string,
    { readonly actions: string[]; readonly allows: readonly Allow[] }
  >();
  for (const call of CALLS) {
    const allows = placed
      .filter(({ statement, actions }) => statement.effect === 'Allow' && actions.includes(call))
      .map(({ origin, statement }): Allow => ({ ...statement, origin }));
    const id = JSON.stringify(allows);
    const known = byAllows.get(id);
    if (known !== undefined) known.actions.push(call);
    else if (allows.length > 0) byAllows.set(id, { actions: [call], allows });
  }
  return [...byAllows.values()].map(({ actions, allows }) => complementAllows(actions, allows));
}

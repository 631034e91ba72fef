import type { Condition } from '../../../functions/core/iam/document.ts';
import { isRecord, type JsonRecord } from '../../../functions/core/json-value.ts';
import { writeConditions } from '../write-conditions.ts';
import {
  asksNull,
  holdsDetached,
  isAboutAttachment,
  mayHoldDetached,
  nullOn,
  VPC_KEY,
} from './conditions.ts';
import type { Correction, LintFinding } from './lint-finding.ts';
import type { LintedAccess, LintedStatement } from './linted-access.ts';
import { refusesDetached } from './without-vpc.ts';

/** The part of a finding that a correction makes; empty where there is none. */
export type Corrected = Pick<LintFinding, 'correction'>;

/** Says which rule found something, and in which statement. */
export function findingIn(
  { document, id, line, column }: LintedStatement,
  rule: string,
  message: string,
): LintFinding {
  return { rule, document, statement: id, line, column, message };
}

/** Writes a statement with other conditions; undefined where one statement cannot have them all. */
export function withConditions(
  written: JsonRecord,
  conditions: readonly Condition[],
): JsonRecord | undefined {
  const { Condition: _old, ...rest } = written;
  const block = writeConditions(conditions);
  if (block === undefined) return undefined;
  return conditions.length === 0 ? rest : { ...rest, Condition: block };
}

/** Replaces statements by others; no correction where one of those cannot be written. */
export function replaceBy(
  replaced: readonly LintedStatement[],
  written: readonly (JsonRecord | undefined)[],
): Corrected {
  const statements = written.filter(isRecord);
  if (statements.length < written.length) return {};
  const replaces = replaced.map(({ document, id }) => ({ document, statement: id }));
  const correction: Correction = { replaces, statements };
  return { correction };
}

/** Exchanges conditions of a statement; whom it let through or refused beside stays as it was. */
export function exchange(
  linted: LintedStatement,
  access: LintedAccess,
  change: (condition: Condition) => Condition | undefined,
): Corrected {
  const { effect, conditions } = linted.statement;
  const changed = conditions.map((condition) => change(condition) ?? condition);
  if (effect === 'Allow') {
    const open = changed.filter(
      (condition, index) => condition !== conditions[index] && !condition.ifExists,
    );
    const conjoined = requirePresence(changed, open.filter(holdsDetached));
    return replaceBy([linted], [withConditions(linted.written, conjoined)]);
  }
  const reformed = { ...linted, statement: { ...linted.statement, conditions: changed } };
  const statements = access.statements.map((other) => (other === linted ? reformed : other));
  const opens =
    mayHoldDetached({ conditions }) && !refusesDetached({ ...access, statements }, linted);
  const kept = opens ? [requireVpc(linted, access)] : [];
  return replaceBy([linted], [withConditions(linted.written, changed), ...kept]);
}

/** Adds that the keys of some conditions are there. */
export function requirePresence(
  conditions: readonly Condition[],
  open: readonly Condition[],
): readonly Condition[] {
  const missing = open.filter(
    ({ key }) => !conditions.some((other) => other.key === key && asksNull(other, false)),
  );
  return [...conditions, ...missing.map(({ key }) => nullOn(key, false))];
}

/** Writes the Deny that refuses functions in no VPC where a statement is about them. */
export function requireVpc(linted: LintedStatement, access: LintedAccess): JsonRecord | undefined {
  const { conditions } = linted.statement;
  const others = conditions.filter((condition) => !isAboutAttachment(condition));
  const { Sid: _sid, ...rest } = linted.written;
  const head = { Sid: freshSid('RequireVpc', linted.document, access) };
  return withConditions({ ...head, ...rest }, [...others, nullOn(VPC_KEY, true)]);
}

/** A Sid that the document does not have yet. */
export function freshSid(
  wanted: string,
  document: string,
  { statements, unrelated }: LintedAccess,
): string {
  const taken = new Set(
    [...statements, ...unrelated]
      .filter((other) => other.document === document)
      .map(({ id }) => id),
  );
  let sid = wanted;
  for (let number = 2; taken.has(sid); number += 1) sid = `${wanted}${number}`;
  return sid;
}

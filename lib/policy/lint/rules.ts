import type { LintRule } from './lint-finding.ts';
import { allowAnyValue } from './rules/allow-any-value.ts';
import { allowVoid } from './rules/allow-void.ts';
import { allowWithoutVpc } from './rules/allow-without-vpc.ts';
import { allowsWiden } from './rules/allows-widen.ts';
import { denyEscapedWithoutVpc } from './rules/deny-escaped-without-vpc.ts';
import { denyForAllValues } from './rules/deny-for-all-values.ts';
import { denyJoined } from './rules/deny-joined.ts';
import { keysOfOtherCalls } from './rules/keys-of-other-calls.ts';
import { misspelledCall } from './rules/misspelled-call.ts';
import { noFunction } from './rules/no-function.ts';
import { noSuchId } from './rules/no-such-id.ts';
import { nothingAboutAttachments } from './rules/nothing-about-attachments.ts';
import { nullBesideValue } from './rules/null-beside-value.ts';
import { oneCallOnly } from './rules/one-call-only.ts';
import { plainOperatorOnList } from './rules/plain-operator-on-list.ts';
import { sessionAsPrincipal } from './rules/session-as-principal.ts';
import { setOperatorOnVpc } from './rules/set-operator-on-vpc.ts';
import { wildcardInEquals } from './rules/wildcard-in-equals.ts';

/** Every rule about access documents. */
export const ACCESS_RULES: readonly LintRule[] = [
  allowWithoutVpc,
  allowAnyValue,
  allowsWiden,
  allowVoid,
  denyEscapedWithoutVpc,
  denyForAllValues,
  denyJoined,
  plainOperatorOnList,
  setOperatorOnVpc,
  wildcardInEquals,
  noSuchId,
  sessionAsPrincipal,
  nullBesideValue,
  noFunction,
  misspelledCall,
  oneCallOnly,
  keysOfOtherCalls,
  nothingAboutAttachments,
];

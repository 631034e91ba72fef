import type { MetExemptions } from '../core/exemption.ts';
import type { Fact, InterfaceFacts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import type { Look } from '../core/look.ts';
import { judge } from './judge.ts';
import type { Settings } from './settings.ts';

/**
 * Judges how full the VPC of a function is, once every function was listed.
 *
 * That matters to every function in it, and no remediation of one function changes it.
 */
export function judgeInterfaces(
  { snapshot, record, findings, nowMs }: Look,
  { interfaces, met }: { readonly interfaces: Fact<InterfaceFacts>; readonly met: MetExemptions },
  settings: Settings,
): readonly Finding[] {
  if (record.current === undefined) return [];
  const judged = { snapshot, record, facts: { interfaces }, met, nowMs };
  const answers = judge({ ...judged, scopes: ['account'] }, record.current, settings);
  const known = new Set(findings.map(({ controlId }) => controlId));
  return answers.filter(({ controlId }) => !known.has(controlId));
}

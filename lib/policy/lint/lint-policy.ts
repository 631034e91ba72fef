import { endOf } from '../../../functions/core/exemption.ts';
import type { CompiledPolicy, Exemption } from '../../../functions/core/policy.ts';
import type { SourcePolicy } from '../read-policy-or-document.ts';
import { readYaml } from '../yaml-text.ts';
import { findBadFallback } from './fallback.ts';
import type { LintFinding } from './lint-finding.ts';

type Steps = readonly (string | number)[];

/** Rules about the policy file itself; the others are about its documents. */
export const POLICY_RULES = [
  { id: 'exemption-ended', title: 'an exemption whose last day has passed' },
  { id: 'exemption-without-control', title: 'an exemption that covers no enabled control' },
  {
    id: 'fallback-refused',
    title: 'a fallback attachment that the documents would not allow',
  },
] as const;

type PolicyRule = (typeof POLICY_RULES)[number]['id'];

/** Finds what is wrong in a policy file that compiles. */
export function lintPolicy(source: SourcePolicy, nowMs: number): readonly LintFinding[] {
  const { policy } = source;
  const finding = createFindings(source);
  const exemptions = policy.exemptions.flatMap((exemption, index) => {
    const found = findInExemption(exemption, policy, nowMs);
    const goes = { name: `exemptions[${index}]`, instead: [] };
    return found === undefined ? [] : [finding(['exemptions', index], { ...found, ...goes })];
  });
  const bad = findBadFallback(policy);
  if (bad === undefined) return exemptions;
  const name = 'fallbackAttachment';
  return [...exemptions, finding([name], { rule: 'fallback-refused', name, ...bad })];
}

function findInExemption(
  exemption: Exemption,
  policy: CompiledPolicy,
  nowMs: number,
): { readonly rule: PolicyRule; readonly message: string } | undefined {
  const { controls, expires } = exemption;
  if (endOf(exemption) <= nowMs) {
    const message = `the exemption has ended on ${expires}: it covers nothing any more`;
    return { rule: 'exemption-ended', message };
  }
  if (controls.some((id) => policy.controls[id]?.enabled)) return undefined;
  const message = `none of ${controls.join(', ')} is enabled, so the exemption covers nothing`;
  return { rule: 'exemption-without-control', message };
}

/** Places findings in the policy file. */
function createFindings({ file, text }: SourcePolicy) {
  const { content, positionOf } = readYaml(text);
  return (
    steps: Steps,
    found: {
      readonly rule: PolicyRule;
      readonly message: string;
      readonly name: string;
      /** Undefined where nobody knows what to write; empty where it is only to go. */
      readonly instead: readonly Readonly<Record<string, unknown>>[] | undefined;
    },
  ): LintFinding => {
    const { rule, message, name, instead } = found;
    const [line = 1, column = 1] = positionOf(content?.offsetOf(steps) ?? 0)
      .split(':')
      .map(Number);
    const place = { document: file, statement: name };
    if (instead === undefined) return { rule, ...place, line, column, message };
    const correction = { replaces: [place], statements: instead };
    return { rule, ...place, line, column, message, correction };
  };
}

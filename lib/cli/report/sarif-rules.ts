import type { ReportingDescriptor } from 'sarif';
import type { Control } from '../../../functions/core/controls/control.ts';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { Severity } from '../../../functions/core/policy.ts';
import { toMessage } from './sarif-text.ts';
import { worstFirst } from './worst-first.ts';

/** How code scanning calls a severity. */
export const LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
} as const satisfies Record<Severity, string>;

/**
 * A score of each severity: over 9.0 is critical, from 7.0 high, from 4.0 medium, below that low.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
 */
const SCORES = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
} as const satisfies Record<Severity, string>;

const SOONEST = {
  event: 'It is judged at every look, and at once where somebody changes the function.',
  function: 'It is judged at every look at the function.',
  account: 'It is judged by sweeps, rescans and scans.',
} as const satisfies Record<Control['scope'], string>;

/** Every control as a rule, be there findings of it or not; and those that only a newer guardrail knows. */
export function toRules(findings: readonly ReportedFinding[]): ReportingDescriptor[] {
  const severities = new Map(
    worstFirst(findings)
      .toReversed()
      .map(({ controlId, severity }) => [controlId, severity]),
  );
  const known = new Set(CONTROLS.map(({ id }) => id));
  const others = [...severities].filter(([id]) => !known.has(id)).toSorted();
  return [
    ...CONTROLS.map((control) => {
      return toRule(control, severities.get(control.id) ?? control.defaults.severity);
    }),
    ...others.map(([id, severity]) => toUnknownRule(id, severity)),
  ];
}

function toRule({ id, title, fix, scope }: Control, severity: Severity): ReportingDescriptor {
  const page = `docs/controls.md#${id.toLowerCase().replace('.', '')}`;
  const more = `${SOONEST[scope]} \`${page}\` of the guardrail says why, and what to look at first.`;
  return {
    id,
    name: toName(title),
    shortDescription: { text: title },
    fullDescription: { text: `${title}. To put it right: ${fix}.` },
    help: {
      text: `${title}.\n\nTo put it right: ${fix}.\n\n${more}`,
      markdown: `**${title}.**\n\nTo put it right: ${fix}.\n\n${more}`,
    },
    ...settingsOf(severity),
  };
}

function toUnknownRule(id: string, severity: Severity): ReportingDescriptor {
  const text = 'A control that this version does not know: the deployed guardrail is newer.';
  return {
    id,
    shortDescription: toMessage(id),
    fullDescription: { text },
    help: { text },
    ...settingsOf(severity),
  };
}

function settingsOf(
  severity: Severity,
): Pick<ReportingDescriptor, 'defaultConfiguration' | 'properties'> {
  return {
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', 'aws-lambda', 'vpc'],
      // What is not known for certain is no result.
      precision: 'very-high',
      'security-severity': SCORES[severity],
    },
  };
}

/** Such as `NoSubnetIsPublic`. */
function toName(title: string): string {
  return title
    .replaceAll("'", '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
}

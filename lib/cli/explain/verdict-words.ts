import type { LiveVerdict } from './live.ts';
import type { Row } from './record-words.ts';

/** How a verdict is colored. */
export type Tone = 'red' | 'yellow' | 'green' | 'dim';

/** Says what every control says, why, and what to do about a violation. */
export function verdictRows(verdicts: readonly LiveVerdict[]): readonly Row[] {
  return verdicts.map((verdict) => [verdict.controlId, sayVerdict(verdict)]);
}

/** What is exempt or unknown asks for nothing now, and is not good either. */
export function toneOf({ verdict, exemption }: LiveVerdict): Tone {
  switch (verdict) {
    case 'violation':
      return exemption === undefined ? 'red' : 'yellow';
    case 'unknown':
      return 'yellow';
    case 'compliant':
      return 'green';
    case 'not-applicable':
      return 'dim';
  }
}

function sayVerdict(told: LiveVerdict): readonly string[] {
  const { verdict, severity, title, reason = '', exemption, fix } = told;
  switch (verdict) {
    case 'compliant':
      return [`compliant: ${title}`];
    case 'not-applicable':
      return [`not applicable: ${reason}`];
    case 'unknown':
      return [`unknown: ${title}`, `because ${reason}`, ...sayExempt(exemption)];
    case 'violation':
      return [
        `violation (${severity}) of: ${title}`,
        `because ${reason}`,
        ...sayExempt(exemption),
        ...(fix === undefined ? [] : [`to fix: ${fix}`]),
      ];
  }
}

function sayExempt(exemption: LiveVerdict['exemption']): readonly string[] {
  if (exemption === undefined) return [];
  return [`exempt until ${exemption.expires}: ${exemption.owner} answers for it`];
}

import type { JudgedVersion } from '../facts.ts';
import { violationsOf } from '../look.ts';
import { nameSome } from '../name-some.ts';
import { quote } from '../quote.ts';
import { combineFindings } from './combine-findings.ts';
import { defineControl, NO_REVERT } from './control.ts';
import { whyInProvider } from './not-attached.ts';

const MOST_ALIASES = 3;

/**
 * LVG.15: no published version keeps a violating attachment.
 *
 * A version cannot be changed: it stays where the function was when it was published.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html
 */
export const versionsCompliant = defineControl({
  id: 'LVG.15',
  title: 'No published version keeps a violating attachment',
  fix: 'Publish a version from a good attachment, point the aliases at it, and delete the old one',
  scope: 'account',
  needs: ['versions'],
  wishes: NO_REVERT,
  defaults: {
    enabled: true,
    severity: 'high',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: {},
  whyNotApplicable: whyInProvider,
  evaluate: ({ facts: { versions } }) => {
    if (versions.length === 0) {
      return { status: 'not-applicable', reason: 'the function has no published version' };
    }
    const verdict = combineFindings(
      aliasedFirst(versions).map((version) => ({
        name: nameOf(version),
        findings: version.findings,
      })),
    );
    if (verdict.status !== 'violation') return verdict;
    return { ...verdict, versions: versions.filter(isBad).map(({ version }) => version) };
  },
});

function isBad({ findings }: JudgedVersion): boolean {
  return violationsOf(findings).length > 0;
}

/** Callers use aliases: what they reach is named before the bound. */
function aliasedFirst(versions: readonly JudgedVersion[]): readonly JudgedVersion[] {
  const { aliased = [], rest = [] } = Object.groupBy(versions, ({ aliases }) =>
    aliases.length > 0 ? 'aliased' : 'rest',
  );
  return [...aliased, ...rest];
}

function nameOf({ version, aliases }: JudgedVersion): string {
  if (aliases.length === 0) return `version ${quote(version)}`;
  return `version ${quote(version)} (alias ${nameSome(aliases.map(quote), MOST_ALIASES)})`;
}

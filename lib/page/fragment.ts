import { EVERYTHING, type FindingFilter } from './finding-filter.ts';
import { WORST_FIRST } from './words.ts';

const VERDICTS = ['', 'violation', 'unknown'] as const;
const EXEMPTS = ['', 'no', 'only'] as const;

/** Reads the filter that an address asks for; undefined where it says nothing of one. */
export function parseFragment(fragment: string): FindingFilter | undefined {
  const [place, query] = fragment.replace(/^#/, '').split(/\?(.*)/s);
  if (place !== 'findings' || query === undefined) return undefined;
  const asked = new URLSearchParams(query);
  const read = (key: string) => asked.get(key) ?? '';
  const severities = read('severity').split('.');
  return {
    severities: WORST_FIRST.filter((severity) => severities.includes(severity)),
    control: read('control'),
    verdict: VERDICTS.find((verdict) => verdict === read('verdict')) ?? '',
    exempt: EXEMPTS.find((exempt) => exempt === read('exempt')) ?? '',
    owner: read('owner'),
    text: read('q'),
  };
}

/** Writes the address of the findings that a filter lets pass. */
export function toFragment(filter: Partial<FindingFilter>): string {
  const { severities, control, verdict, exempt, owner, text } = { ...EVERYTHING, ...filter };
  const asked = {
    severity: severities.join('.'),
    control,
    verdict,
    exempt,
    owner,
    q: text,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== '');
  return `#findings?${new URLSearchParams(Object.fromEntries(given))}`;
}

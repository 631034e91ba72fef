import { describe, expect, it } from 'vitest';
import { packReport } from '../../lib/cli/report/pack-report.ts';
import {
  EVERYTHING,
  type FindingFilter,
  filterFindings,
  groupByControl,
} from '../../lib/page/finding-filter.ts';
import { parseFragment, toFragment } from '../../lib/page/fragment.ts';
import { toModel } from '../../lib/page/model.ts';
import { toCsv } from '../../lib/page/to-csv.ts';
import { COVERAGE, findingOf } from '../cli/report/answers.ts';
import { rescanAnswer, smallReport } from '../support/sample-report.ts';

const { findings, counts, owners } = toModel(packReport(smallReport()));

function matchesOf(filter: Partial<FindingFilter>): readonly string[] {
  return filterFindings(findings, { ...EVERYTHING, ...filter }).map(({ id }) => id);
}

describe('toModel', () => {
  it('lists the worst findings first, and of a severity what is exempt last', () => {
    expect(findings[0]?.severity).toBe('critical');
    expect(findings.at(-1)?.severity).toBe('low');
    expect(findings.filter(({ severity }) => severity === 'high').at(-1)?.exemption).toBeDefined();
  });

  it('counts functions by their standing, and knows the owners of findings', () => {
    expect(counts).toEqual({ violation: 10, unknown: 3, exempt: 2, compliant: 25 });
    expect(owners).toEqual(['data', 'growth', 'legacy', 'orders', 'payments', 'platform']);
  });

  it('counts the same from the findings alone, where functions are not listed', () => {
    expect(toModel(packReport(rescanAnswer())).counts).toEqual(counts);
  });
});

describe('filterFindings', () => {
  it.each<readonly [Partial<FindingFilter>, number]>([
    [{}, 19],
    [{ severities: ['critical'] }, 4],
    [{ severities: ['critical', 'low'] }, 7],
    [{ control: 'LVG.2' }, 3],
    [{ verdict: 'unknown' }, 3],
    [{ verdict: 'violation' }, 16],
    [{ exempt: 'only' }, 2],
    [{ exempt: 'no' }, 17],
    [{ owner: 'growth' }, 4],
    [{ text: 'CAMPAIGN-landing' }, 2],
    [{ text: 'dedicated tenancy' }, 3],
    [{ text: 'ApprovedNetworksOnly growth' }, 2],
    [{ text: 'no such words' }, 0],
    [{ severities: ['high'], exempt: 'no', owner: 'legacy' }, 1],
  ])('finds by %o what is like it: %i', (filter, count) => {
    expect(matchesOf(filter)).toHaveLength(count);
  });
});

describe('groupByControl', () => {
  it('puts the control with the most of the worst first, and counts what is open, unknown and exempt', () => {
    const groups = groupByControl(findings);

    expect(groups.slice(0, 3).map(({ controlId }) => controlId)).toEqual([
      'LVG.1',
      'LVG.3',
      'LVG.2',
    ]);
    expect(groups[2]).toMatchObject({ bySeverity: { high: 1 }, unknown: 0, exempt: 2 });
    expect(groups.at(-1)).toMatchObject({ controlId: 'LVG.4', unknown: 3, exempt: 0 });
  });
});

describe('the fragment', () => {
  it('brings a filter back as it was', () => {
    const filter: FindingFilter = {
      severities: ['critical', 'low'],
      control: 'LVG.1',
      verdict: 'violation',
      exempt: 'no',
      owner: 'a&b=c',
      text: '#? ü "x"',
    };

    expect(parseFragment(toFragment(filter))).toEqual(filter);
    expect(parseFragment(toFragment({}))).toEqual(EVERYTHING);
  });

  it('is not about findings where it leads elsewhere', () => {
    expect(parseFragment('')).toBeUndefined();
    expect(parseFragment('#network')).toBeUndefined();
    expect(parseFragment('#findings')).toBeUndefined();
  });

  it('lets everything pass that it does not know', () => {
    expect(parseFragment('#findings?severity=fatal&verdict=maybe&exempt=x&y=z')).toEqual(
      EVERYTHING,
    );
  });
});

describe('toCsv', () => {
  it('quotes what has to be, and lets no cell be taken for a formula', () => {
    const listed = {
      ...findingOf({ reason: '=cmd|"x", y', exemption: COVERAGE }),
      name: 'orders-api',
      owner: '@team',
      outcome: 'nothing',
      haystack: '',
    };
    const [head, row] = toCsv([listed]).split('\r\n');

    expect(head).toMatch(/^severity,control,verdict,function,owner,reason,/);
    expect(row).toContain(`'@team,"'=cmd|""x"", y"`);
    expect(row).toContain('2027-03-31');
  });
});

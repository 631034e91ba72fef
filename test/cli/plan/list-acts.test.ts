import { describe, expect, it } from 'vitest';
import { type ActsSeen, listActs } from '../../../lib/cli/plan/list-acts.ts';
import { ARN, ATTACHMENTS } from '../../support/builders.ts';
import { COVERAGE, findingOf } from '../report/answers.ts';

/** What is seen of one function that violates LVG.1, but for what is given. */
function seenOf(given: Partial<ActsSeen> = {}): ActsSeen {
  return {
    functions: [{ functionArn: ARN, standing: 'violation', attachment: ATTACHMENTS.forbidden }],
    report: { findings: [findingOf()], remediations: [] },
    otherwise: [],
    ...given,
  };
}

const planned = (kind: string, isCounted = true) => [
  { id: 'r-1', functionArn: ARN, planned: kind, isCounted },
];

describe('a remediation of a plan', () => {
  it('says where the function is and goes, what it violates, and what the other policy would do', () => {
    const { remediations } = listActs(
      seenOf({
        report: {
          findings: [findingOf(), findingOf({ controlId: 'LVG.3', exemption: COVERAGE })],
          remediations: [
            {
              id: 'r-1',
              functionArn: ARN,
              planned: 'revert',
              isCounted: true,
              target: ATTACHMENTS.approved,
            },
          ],
        },
        otherwise: planned('quarantine'),
      }),
    );

    expect(remediations).toEqual([
      {
        id: 'r-1',
        functionArn: ARN,
        vpcId: 'vpc-9',
        remediation: 'revert',
        isCounted: true,
        from: ATTACHMENTS.forbidden,
        to: ATTACHMENTS.approved,
        controlIds: ['LVG.1'],
        otherwise: 'quarantine',
      },
    ]);
  });

  it.each([true, false])('counts where the report says so: %s', (isCounted) => {
    const report = { findings: [findingOf()], remediations: planned('quarantine', isCounted) };

    expect(listActs(seenOf({ report })).remediations).toMatchObject([{ isCounted }]);
  });

  it('is not told of where nobody knows what it is', () => {
    const report = { findings: [], remediations: planned('delete') };

    expect(() => listActs(seenOf({ report }))).toThrow('no plan tells of the remediation `delete`');
  });
});

describe('what has to wait', () => {
  it.each([
    ['whatever the report names', [ARN], 1],
    ['nothing where it names nobody', undefined, 0],
  ] as const)('is %s', (_, waiting, count) => {
    const report = { findings: [findingOf()], remediations: [], ...(waiting && { waiting }) };

    expect(listActs(seenOf({ report })).waiting).toHaveLength(count);
  });
});

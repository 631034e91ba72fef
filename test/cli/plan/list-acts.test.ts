import { describe, expect, it } from 'vitest';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import { type ActsSeen, listActs } from '../../../lib/cli/plan/list-acts.ts';
import {
  ARN,
  ATTACHMENTS,
  controlsWith,
  enforcingPolicy,
  NOW_MS,
  recordOf,
  snapshotOf,
  violationOf,
} from '../../support/builders.ts';
import { COVERAGE, findingOf } from '../report/answers.ts';

const FORBIDDEN = snapshotOf({ attachment: ATTACHMENTS.forbidden });
const PENDING = { ...FORBIDDEN, state: 'Pending' };

/** What is seen of one function that violates LVG.1, but for what is given. */
function seenOf(given: Partial<ActsSeen> = {}, of: Memory = { snapshot: FORBIDDEN }): ActsSeen {
  const { snapshot, record } = of;
  return {
    functions: [{ functionArn: ARN, standing: 'violation', attachment: ATTACHMENTS.forbidden }],
    report: { findings: [findingOf()], remediations: [] },
    otherwise: [],
    memory: {
      snapshots: new Map(snapshot === undefined ? [] : [[ARN, snapshot]]),
      records: new Map(record === undefined ? [] : [[ARN, record]]),
    },
    policy: enforcingPolicy(),
    nowMs: NOW_MS,
    ...given,
  };
}

interface Memory {
  readonly snapshot?: FunctionSnapshot;
  readonly record?: FunctionRecord;
}

/** A record of a violation that dates from the function's creation. */
const born = (more: Partial<FunctionRecord> = {}) =>
  recordOf({
    current: {
      attachment: ATTACHMENTS.forbidden,
      call: 'CreateFunction',
      role: FORBIDDEN.role,
    },
    violation: violationOf({ cause: 'create', causes: { 'LVG.1': 'create' } }),
    ...more,
  });

const planned = (kind: string) => [{ id: 'r-1', functionArn: ARN, planned: kind }];

describe('a remediation of a plan', () => {
  it('says where the function is and goes, what it violates, and what the other policy would do', () => {
    const { remediations } = listActs(
      seenOf({
        report: {
          findings: [findingOf(), findingOf({ controlId: 'LVG.3', exemption: COVERAGE })],
          remediations: [
            { id: 'r-1', functionArn: ARN, planned: 'revert', target: ATTACHMENTS.approved },
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

  it.each([
    ['a quarantine of what was found', 'quarantine', undefined, true],
    ['a quarantine at the creation', 'quarantine', born(), false],
    ['a revert at the creation', 'revert', born(), true],
    [
      'a quarantine at the creation whose rest it is',
      'quarantine',
      born({
        violation: violationOf({
          key: 'subnet-9|sg-9|false|LVG.1,LVG.3',
          cause: 'create',
          causes: { 'LVG.1': 'create' },
        }),
      }),
      false,
    ],
    [
      'a quarantine of what somebody changed since',
      'quarantine',
      born({
        current: { attachment: ATTACHMENTS.approved, call: 'CreateFunction', role: FORBIDDEN.role },
        violation: violationOf({
          key: 'subnet-1|sg-1|false|LVG.1',
          cause: 'create',
          causes: { 'LVG.1': 'create' },
        }),
      }),
      true,
    ],
    ['a release', 'release', born(), false],
    ['a wake', 'wake', undefined, false],
  ] as const)('counts or not: %s', (_, kind, record, isCounted) => {
    const memory = { snapshot: FORBIDDEN, ...(record === undefined ? {} : { record }) };
    const report = { findings: [findingOf()], remediations: planned(kind) };

    expect(listActs(seenOf({ report }, memory)).remediations).toMatchObject([{ isCounted }]);
  });

  it('counts where nobody remembers, and where only the record tells of the violation', () => {
    const report = { findings: [], remediations: planned('quarantine') };

    const [unseen] = listActs(seenOf({ report }, {})).remediations;
    const [recorded] = listActs(
      seenOf({ report }, { snapshot: FORBIDDEN, record: born() }),
    ).remediations;

    expect([unseen?.isCounted, recorded?.isCounted]).toEqual([true, false]);
  });

  it('counts by the violation of the record, where the policy acts on nothing else', () => {
    const report = {
      findings: [findingOf({ controlId: 'LVG.3' })],
      remediations: planned('quarantine'),
    };
    const policy = enforcingPolicy({ controls: controlsWith({ 'LVG.3': {} }) });
    const memory = { snapshot: FORBIDDEN, record: born() };

    expect(listActs(seenOf({ report, policy }, memory)).remediations).toMatchObject([
      { isCounted: false },
    ]);
  });

  it('is not told of where nobody knows what it is', () => {
    const report = { findings: [], remediations: planned('delete') };

    expect(() => listActs(seenOf({ report }))).toThrow('no plan tells of the remediation `delete`');
  });
});

describe('what has to wait', () => {
  const changed = recordOf({
    current: { attachment: ATTACHMENTS.approved, call: 'CreateFunction', role: FORBIDDEN.role },
  });

  it.each([
    ['a revert until AWS is done', PENDING, changed, 1],
    ['nothing where AWS is done', FORBIDDEN, changed, 0],
    ['nothing where no revert is wanted', PENDING, undefined, 0],
    [
      'nothing that an operator holds off',
      PENDING,
      {
        ...changed,
        hold: { untilMs: NOW_MS + 1, attachment: ATTACHMENTS.forbidden, reason: 'so' },
      },
      0,
    ],
  ] as const)('is %s', (_, snapshot, record, count) => {
    const memory = { snapshot, ...(record === undefined ? {} : { record }) };

    expect(listActs(seenOf({}, memory)).waiting).toHaveLength(count);
  });

  it('is not what something is done about, nor what nobody acts on', () => {
    const memory = { snapshot: PENDING, record: changed };
    const acted = seenOf(
      { report: { findings: [findingOf()], remediations: planned('quarantine') } },
      memory,
    );
    const fine = seenOf({ report: { findings: [], remediations: [] } }, memory);

    expect([acted, fine].map((seen) => listActs(seen).waiting)).toEqual([[], []]);
  });
});

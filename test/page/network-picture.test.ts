import { describe, expect, it } from 'vitest';
import { binTimeline, happeningWords, kindOf } from '../../lib/page/happenings.ts';
import { toPicture } from '../../lib/page/network-picture.ts';
import {
  actorWords,
  counted,
  durationOf,
  grouped,
  momentOf,
  percentOf,
  placeWords,
} from '../../lib/page/words.ts';
import { ATTACHMENTS } from '../support/builders.ts';
import { smallReport } from '../support/sample-report.ts';

const { scan } = smallReport();
if (scan === undefined) throw new Error('the sample is a scan');

describe('toPicture', () => {
  const { vpcs, detached } = toPicture(scan);
  const [production] = vpcs;

  it('puts the VPC with the most violations first, and those in no VPC apart', () => {
    expect(vpcs.map(({ counts }) => counts.violation)).toEqual([7, 1, 1]);
    expect(detached.functions).toHaveLength(7);
    expect(detached.counts.violation).toBe(1);
  });

  it('draws the subnets nearest to the internet first, in order of their zones', () => {
    expect(production?.zones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
    expect(production?.tiers.map(({ egress, subnets }) => [egress, subnets.length])).toEqual([
      ['internet-gateway', 2],
      ['nat', 3],
      ['none', 2],
    ]);
    expect(production?.tiers[1]?.subnets.map(({ seen }) => seen?.zone)).toEqual(production?.zones);
  });

  it('has one interface for each set of groups in a subnet, those with violations first', () => {
    const [first] = production?.tiers[1]?.subnets ?? [];

    expect(production?.interfaces).toBe(9);
    expect(first?.interfaces.map(({ functions }) => functions.length)).toEqual([13, 2]);
    expect(first?.interfaces[0]?.counts.violation).toBe(1);
    expect(production?.tiers[0]?.subnets[0]?.natGateways).toHaveLength(1);
  });

  it('draws what was not seen as unknown', () => {
    const [function_] = scan.functions.filter(({ attachment }) => attachment !== undefined);
    const { vpcId: _, ...nowhere } = ATTACHMENTS.approved;
    const strange = { ...function_, attachment: nowhere } as NonNullable<typeof function_>;
    const [vpc] = toPicture({ ...scan, functions: [strange], networks: [] }).vpcs;

    expect(vpc).toMatchObject({ vpcId: 'a VPC that was not named', zones: [''] });
    expect(vpc?.network).toBeUndefined();
    expect(vpc?.tiers.map(({ egress }) => egress)).toEqual(['unknown']);
  });
});

describe('binTimeline', () => {
  it('counts by three hours what spans five days', () => {
    const { unit, bins } = binTimeline(scan.timeline ?? []);

    expect(unit).toBe('3 hours');
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(13);
    expect(bins[0]).toMatchObject({ from: new Date('2026-11-18T06:00:00Z'), kind: 'acting' });
  });

  it('counts nothing where no moment can be read', () => {
    const functionArn = 'x';
    expect(binTimeline([{ at: 'once', functionArn, event: 'done', why: '' }]).bins).toEqual([]);
  });

  it('says what happened, be it an event that it does not know', () => {
    const entry = { at: '', functionArn: '', why: '' };

    expect(happeningWords({ ...entry, event: 'landed', remediation: 'revert' })).toBe(
      'revert landed',
    );
    expect(happeningWords({ ...entry, event: 'violation', controlIds: ['LVG.1'] })).toBe(
      'violates LVG.1',
    );
    expect(happeningWords({ ...entry, event: 'failed' })).toBe('remediation failed');
    expect(happeningWords({ ...entry, event: 'new' as 'done' })).toBe('new');
    expect(kindOf('new' as 'done')).toBe('acting');
  });
});

describe('words', () => {
  it('writes numbers, moments and durations for people', () => {
    expect([grouped(999), grouped(1_234_567)]).toEqual(['999', '1,234,567']);
    expect([counted(1, 'entry', 'entries'), counted(2, 'entry', 'entries')]).toEqual([
      '1 entry',
      '2 entries',
    ]);
    expect(momentOf('2026-11-22T09:14:07.000Z')).toBe('2026-11-22 09:14 UTC');
    expect(momentOf('once')).toBe('once');
    expect([durationOf(4_180), durationOf(600_000)]).toEqual(['4.2 s', '10 min']);
  });

  it('never says none or all of what is nearly so', () => {
    expect([percentOf(0, 5), percentOf(1, 0), percentOf(1, 500), percentOf(999, 1000)]).toEqual([
      '0 %',
      '0 %',
      '< 1 %',
      '> 99 %',
    ]);
    expect([percentOf(1, 2), percentOf(5, 5)]).toEqual(['50 %', '100 %']);
  });

  it('names places and people', () => {
    expect(placeWords(ATTACHMENTS.detached)).toBe('no VPC');
    expect(placeWords(ATTACHMENTS.forbidden)).toBe('vpc-9 · subnet-9 · sg-9');
    expect(actorWords({})).toBe('somebody unknown');
    expect(actorWords({ principalArn: 'role/a', sessionName: 's', invokedBy: 'cfn' })).toBe(
      'role/a (session s) through cfn',
    );
  });
});

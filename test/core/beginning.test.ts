import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  begunSince,
  eventBehind,
  groupByBeginning,
} from '../../functions/core/beginning.ts';
import { openViolation } from '../../functions/core/open-violation.ts';
import {
  changeOf,
  findingOf,
  lookOf,
  NOW_MS,
  settledRecord,
  violationOf,
} from '../support/builders.ts';

const ACTOR = { principalArn: 'arn:aws:iam::123456789012:user/publisher' };
const AFTER = { resourceId: 'rtb-1', eventId: 'event-7' };
const publish = changeOf('approved', {
  kind: 'version',
  eventId: 'event-8',
  actor: ACTOR,
  versions: ['1'],
});

function badVersion(...versions: readonly string[]) {
  return findingOf('violation', {
    controlId: 'LVG.15',
    verdict: { status: 'violation', reason: 'no', versions },
  });
}

describe('eventBehind', () => {
  it.each([
    ['the event that made it', [badVersion('1', '2')], publish, 'event-8'],
    ['no event about another one', [badVersion('2')], publish, undefined],
    ['no event that names none', [badVersion('1')], changeOf(), undefined],
    ['no event where there is none', [badVersion('1')], undefined, undefined],
    [
      'no event where a verdict names none',
      [findingOf('violation', { controlId: 'LVG.15' })],
      publish,
      undefined,
    ],
    [
      'no event where it cannot be told',
      [findingOf('unknown', { controlId: 'LVG.15' })],
      publish,
      undefined,
    ],
    ['no event where it was not judged', [], publish, undefined],
  ] as const)('is of a version %s', (_, findings, asked, eventId) => {
    const look = lookOf({
      findings,
      origin: changeOf(),
      ...(asked === undefined ? {} : { asked }),
    });

    expect(eventBehind('LVG.15', look)?.eventId).toBe(eventId);
    expect(eventBehind('LVG.1', look)?.eventId).toBe('event-1');
  });
});

describe('begunSince', () => {
  it('names each control that began later, and no other', () => {
    const others = { 'LVG.6': { atMs: NOW_MS + 5 } };
    const violation = violationOf({ controlIds: ['LVG.1', 'LVG.6'], sinceMs: NOW_MS, others });

    expect(begunSince(violation, NOW_MS - 1)).toEqual(['LVG.1', 'LVG.6']);
    expect(begunSince(violation, NOW_MS)).toEqual(['LVG.6']);
    expect(begunSince(violation, NOW_MS + 5)).toEqual([]);
  });
});

describe('the beginnings of a violation', () => {
  it('are its own where an older record tells no others', () => {
    const violation = violationOf({ controlIds: ['LVG.1', 'LVG.3'] });
    const { actor, eventId, sinceMs } = violation;

    expect(beginningOf(violation, 'LVG.3')).toStrictEqual({ atMs: sinceMs, actor, eventId });
    expect(groupByBeginning(violation)).toHaveLength(1);
  });

  it('are together where they are the same, whatever stands between', () => {
    const others = { 'LVG.3': { atMs: 5 } };
    const violation = violationOf({ controlIds: ['LVG.1', 'LVG.3', 'LVG.6'], others });

    expect(groupByBeginning(violation).map(({ controlIds }) => controlIds)).toEqual([
      ['LVG.1', 'LVG.6'],
      ['LVG.3'],
    ]);
  });

  it('stand side by side where controls joined in later', () => {
    const record = settledRecord({ violation: violationOf({ call: 'create' }) });
    const findings = [
      findingOf('violation'),
      badVersion('1'),
      findingOf('violation', { controlId: 'LVG.3' }),
    ];

    const violation = openViolation(lookOf({ record, findings, asked: publish, after: AFTER }));

    expect(groupByBeginning(violation)).toMatchObject([
      { controlIds: ['LVG.1'], eventId: 'event-1', call: 'create' },
      { controlIds: ['LVG.15'], actor: ACTOR, call: 'version' },
      { controlIds: ['LVG.3'], after: AFTER, atMs: NOW_MS },
    ]);
    expect(violation).toMatchObject({ after: AFTER, sinceMs: NOW_MS });
    expect(violation).not.toHaveProperty('actor');
  });

  it('outlast a move where they are beside the attachment', () => {
    const others = { 'LVG.15': { atMs: 5, actor: ACTOR, eventId: 'event-8' } };
    const violation = violationOf({ key: 'elsewhere', controlIds: ['LVG.1', 'LVG.15'], others });
    const record = settledRecord({ violation });
    const origin = changeOf('forbidden', { eventId: 'event-9' });

    const opened = openViolation(
      lookOf({ record, findings: [findingOf('violation'), badVersion('1')], origin }),
    );

    expect(opened).toMatchObject({ eventId: 'event-9', others });
  });

  it('are kept where every control has one of its own', () => {
    const own = { atMs: 5, actor: ACTOR, eventId: 'event-8' };
    const violation = violationOf({ others: { 'LVG.1': own } });
    const record = settledRecord({ violation });

    expect(openViolation(lookOf({ record }))).toStrictEqual(violation);
  });

  it('are not explained by what came after them', () => {
    const {
      actor: _,
      eventId: __,
      ...found
    } = violationOf({
      controlIds: ['LVG.15'],
      key: 'subnet-9|sg-9|false|LVG.15',
      causes: { 'LVG.15': 'found' },
      sinceMs: publish.eventTimeMs,
    });
    const opened = (sinceMs: number) =>
      openViolation(
        lookOf({
          record: settledRecord({ violation: { ...found, sinceMs } }),
          findings: [badVersion('1')],
          asked: publish,
        }),
      );

    expect(opened(publish.eventTimeMs)).toMatchObject({ actor: ACTOR });
    expect(opened(publish.eventTimeMs - 1)).not.toHaveProperty('actor');
  });

  it('are not explained by whoever asks again for what a change of the network made bad', () => {
    const { actor: _, eventId: __, ...found } = violationOf({ after: AFTER });
    const record = settledRecord({ violation: found });

    expect(openViolation(lookOf({ record, origin: changeOf() }))).not.toHaveProperty('actor');
  });
});

import { describe, expect, it } from 'vitest';
import { openViolation, wantedRemediation } from '../../functions/core/open-violation.ts';
import {
  changeOf,
  controlOf,
  DEPLOYER,
  enforcingPolicy,
  findingOf,
  lookOf,
  NOW_MS,
  settledRecord,
  violationOf,
} from '../support/builders.ts';

const KEY = 'subnet-9|sg-9|false|LVG.1';
const other = findingOf('violation', { controlId: 'LVG.3' });

describe('openViolation', () => {
  it('begins with the event that made the attachment', () => {
    expect(openViolation(lookOf({ origin: changeOf() }))).toStrictEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      key: KEY,
      controlIds: ['LVG.1'],
      sinceMs: NOW_MS - 5_000,
      eventId: 'event-1',
      actor: { principalArn: DEPLOYER, sessionName: 'pipeline-7' },
      call: 'configuration',
      cause: 'change',
      causes: { 'LVG.1': 'change' },
      conflicts: 0,
      refused: [],
      quarantines: 0,
      isTold: false,
    });
  });

  it('begins now, by nobody known, where no event tells', () => {
    const violation = openViolation(lookOf({ cause: 'found' }));

    expect(violation).toMatchObject({ sinceMs: NOW_MS, cause: 'found' });
    expect(violation).not.toHaveProperty('actor');
    expect(violation).not.toHaveProperty('eventId');
    expect(violation).not.toHaveProperty('after');
  });

  it('has one id however its messages come, and another one the next time', () => {
    const { id } = openViolation(lookOf());

    expect(openViolation(lookOf({ origin: changeOf(), nowMs: NOW_MS + 60_000 })).id).toBe(id);
    expect(openViolation(lookOf({ record: settledRecord({ violations: 1 }) })).id).not.toBe(id);
    expect(openViolation(lookOf({ findings: [other] })).id).not.toBe(id);
  });

  it('knows of a control that joins in later that nobody made it so', () => {
    const standing = violationOf({ cause: 'create', causes: { 'LVG.1': 'create' } });
    const record = settledRecord({ violation: standing });
    const findings = [findingOf('violation'), other];

    const violation = openViolation(lookOf({ record, findings, cause: 'found' }));

    expect(violation).toMatchObject({
      cause: 'found',
      causes: { 'LVG.1': 'create', 'LVG.3': 'found' },
    });
  });

  it('keeps its cause where controls leave', () => {
    const standing = violationOf({
      cause: 'create',
      causes: { 'LVG.1': 'create', 'LVG.3': 'create' },
      key: `${KEY},LVG.3`,
    });
    const record = settledRecord({ violation: standing });

    expect(openViolation(lookOf({ record, cause: 'found' }))).toMatchObject({
      cause: 'create',
      causes: { 'LVG.1': 'create' },
    });
  });

  it('is named by all controls that count, or by all where none does', () => {
    const findings = [findingOf('violation'), other];
    const onlyTold = controlOf({ onCreate: 'notify', onChange: 'notify', onFound: 'notify' });
    const policy = enforcingPolicy({
      controls: { 'LVG.1': onlyTold },
      notify: { minimumSeverity: 'critical', exemptionExpiryDays: 7 },
    });

    expect(openViolation(lookOf({ findings })).key).toBe(`${KEY},LVG.3`);
    expect(openViolation(lookOf({ findings, policy })).key).toBe(`${KEY},LVG.3`);
  });

  it.each([
    ['found', changeOf(), 'create'],
    ['found', undefined, 'found'],
    ['change', changeOf(), 'change'],
  ] as const)('takes a control that was %s with event %j for %s', (before, origin, expected) => {
    const standing = violationOf({ cause: before, causes: { 'LVG.1': before } });
    const look = lookOf({ record: settledRecord({ violation: standing }), cause: 'create' });

    const violation = openViolation(origin === undefined ? look : { ...look, origin });

    expect(violation.causes).toEqual({ 'LVG.1': expected });
  });

  it('blames the first, whoever comes late', () => {
    const record = settledRecord({ violation: violationOf() });
    const actor = { principalArn: 'arn:aws:iam::123456789012:role/late' };
    const origin = changeOf('forbidden', { actor, eventId: 'event-2' });

    expect(openViolation(lookOf({ record, origin }))).toMatchObject({
      actor: { principalArn: DEPLOYER },
      eventId: 'event-1',
    });
  });

  it('forgets the causes of another attachment', () => {
    const standing = violationOf({
      cause: 'create',
      causes: { 'LVG.1': 'create' },
      key: 'a|b|false|x',
    });
    const record = settledRecord({ violation: standing });

    expect(openViolation(lookOf({ record })).causes).toEqual({ 'LVG.1': 'change' });
  });

  it('is the one that stands, as long as attachment and controls are the same', () => {
    const known = violationOf({ sinceMs: 1, conflicts: 2, isTold: true });
    const record = settledRecord({ violation: known });

    expect(openViolation(lookOf({ record, origin: changeOf() }))).toStrictEqual(known);
    expect(openViolation(lookOf({ record, findings: [other] }))).toMatchObject({
      key: 'subnet-9|sg-9|false|LVG.3',
      sinceMs: NOW_MS,
      isTold: false,
    });
  });

  it('learns who and how from an event that comes late', () => {
    const { actor, eventId, ...found } = violationOf({ cause: 'found', sinceMs: 1 });
    const record = settledRecord({ violation: found });

    expect(openViolation(lookOf({ record, cause: 'create', origin: changeOf() }))).toMatchObject({
      actor,
      eventId,
      cause: 'create',
      sinceMs: 1,
    });
    expect(openViolation(lookOf({ record, cause: 'found' }))).toStrictEqual(found);
  });

  it('does not forget its first cause', () => {
    const record = settledRecord({ violation: violationOf({ cause: 'create' }) });

    expect(openViolation(lookOf({ record, cause: 'change' }))).toMatchObject({ cause: 'create' });
  });

  it('keeps the clock of one that was moved on while its revert waited', () => {
    const waiting = {
      key: 'another',
      sinceMs: 1,
      revertWantedMs: 2,
      conflicts: 2,
      refused: [{ target: 't', error: 'no' }],
    };
    const record = settledRecord({ violation: violationOf(waiting) });
    const { key, ...clock } = waiting;

    expect(openViolation(lookOf({ record }))).toMatchObject({ key: KEY, ...clock });
  });

  it.each([
    ['was contained', { revertWantedMs: 2, containedMs: 3 }],
    ['waited for no revert', {}],
  ])('starts the clock anew after one that %s', (_, given) => {
    const violation = violationOf({ key: 'another', sinceMs: 1, conflicts: 2, ...given });

    const opened = openViolation(lookOf({ record: settledRecord({ violation }) }));

    expect(opened).toMatchObject({ sinceMs: NOW_MS, conflicts: 0, refused: [] });
    expect(opened).not.toHaveProperty('revertWantedMs');
  });
});

describe('wantedRemediation', () => {
  const controls = {
    'LVG.1': controlOf({ onCreate: 'quarantine', onChange: 'revert', onFound: 'notify' }),
    'LVG.3': controlOf({
      onCreate: 'notify',
      onChange: 'notify',
      onFound: 'quarantine',
      contain: true,
    }),
  };
  const one = findingOf('violation');

  it.each([
    ['create', [one], 'quarantine', false],
    ['change', [one], 'revert', false],
    ['found', [one], 'notify', false],
    ['create', [one, other], 'quarantine', true],
    ['change', [one, other], 'revert', true],
    ['found', [one, other], 'quarantine', true],
    ['create', [other], 'notify', true],
    ['change', [one, findingOf('unknown', { controlId: 'LVG.3' })], 'revert', false],
    ['change', [findingOf('violation', { controlId: 'LVG.99' })], 'notify', false],
  ] as const)('is the strictest on %s of %j: %s', (cause, findings, wanted, contain) => {
    const look = lookOf({ findings, policy: enforcingPolicy({ controls }) });

    expect(wantedRemediation(look, violationOf({ cause, causes: {} }))).toEqual({
      wanted,
      contain,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { judgeTrails, type SeenTrail } from '../../../lib/cli/doctor/check-trail.ts';
import { coverageOf, type TrailSelectors } from '../../../lib/cli/doctor/trail-coverage.ts';

const ARN = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit';
const ALL: TrailSelectors = { basic: [], advanced: [] };

function basic(...selectors: TrailSelectors['basic']): TrailSelectors {
  return { basic: selectors, advanced: [] };
}

function advanced(...fields: NonNullable<TrailSelectors['advanced'][0]['FieldSelectors']>) {
  const FieldSelectors = [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields];
  return { basic: [], advanced: [{ FieldSelectors }] };
}

function trailOf(given: Partial<SeenTrail> = {}): SeenTrail {
  return {
    name: 'audit',
    arn: ARN,
    homeRegion: 'eu-west-1',
    isOfOrganization: false,
    status: { value: { isLogging: true } },
    selectors: { value: ALL },
    ...given,
  };
}

describe('coverageOf', () => {
  const cases: readonly (readonly [string, TrailSelectors, string])[] = [
    ['no selectors', ALL, 'covered'],
    ['all events', basic({}), 'covered'],
    ['writes only', basic({ ReadWriteType: 'WriteOnly' }), 'covered'],
    ['reads only', basic({ ReadWriteType: 'ReadOnly' }), 'left-out'],
    ['data events only', basic({ IncludeManagementEvents: false }), 'left-out'],
    ['reads, and all', basic({ ReadWriteType: 'ReadOnly' }, {}), 'covered'],
    [
      'keys left out',
      basic({ ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }),
      'covered',
    ],
    [
      'Lambda left out',
      basic({ ExcludeManagementEventSources: ['lambda.amazonaws.com'] }),
      'left-out',
    ],
    ['all management events', advanced(), 'covered'],
    ['writes by field', advanced({ Field: 'readOnly', Equals: ['false'] }), 'covered'],
    ['reads by field', advanced({ Field: 'readOnly', Equals: ['true'] }), 'left-out'],
    [
      'keys left out by field',
      advanced({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
      'covered',
    ],
    [
      'EC2 left out by field',
      advanced({ Field: 'eventSource', NotEquals: ['ec2.amazonaws.com'] }),
      'left-out',
    ],
    [
      'Lambda only by field',
      advanced({ Field: 'eventSource', StartsWith: ['lambda.'] }),
      'left-out',
    ],
    [
      'sources left out by their beginning',
      advanced({ Field: 'eventSource', NotStartsWith: ['lamb'] }),
      'left-out',
    ],
    [
      'sources left out by their end',
      advanced({ Field: 'eventSource', NotEndsWith: ['.amazonaws.com'] }),
      'left-out',
    ],
    ['sources by their end', advanced({ Field: 'eventSource', EndsWith: ['.com'] }), 'covered'],
    ['calls by name', advanced({ Field: 'eventName', Equals: ['CreateVpc'] }), 'unclear'],
    [
      'data events by field',
      { basic: [], advanced: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] },
      'left-out',
    ],
    [
      'Lambda by one selector and EC2 by another',
      {
        basic: [],
        advanced: ['lambda', 'ec2'].map((service) => ({
          FieldSelectors: [{ Field: 'eventSource', Equals: [`${service}.amazonaws.com`] }],
        })),
      },
      'covered',
    ],
  ];

  it.each(cases)('of %s', (_, selectors, kind) => {
    expect(coverageOf(selectors).kind).toBe(kind);
  });
});

describe('judgeTrails', () => {
  const stopped = trailOf({ status: { value: { isLogging: false } } });
  const reading = trailOf({ selectors: { value: basic({ ReadWriteType: 'ReadOnly' }) } });
  const choosing = advanced({ Field: 'eventName', Equals: ['x'] });
  const denied = { because: 'AccessDeniedException: no', permission: 'cloudtrail:GetTrailStatus' };

  it.each([
    ['one that logs', [trailOf()], 'good'],
    ['one that logs beside one that is stopped', [stopped, trailOf()], 'good'],
    ['one that cannot write beside one that can', [failing(), trailOf()], 'good'],
    ['none', [], 'bad'],
    ['one that is stopped', [stopped], 'bad'],
    ['one that logs reads', [reading], 'bad'],
    ['one that cannot write to its bucket', [failing()], 'bad'],
    ['one whose status is not told', [trailOf({ status: denied })], 'unknown'],
    ['one whose selectors are not told', [trailOf({ selectors: denied })], 'unknown'],
    [
      'one that is stopped, and one that is not told',
      [stopped, trailOf({ status: denied })],
      'unknown',
    ],
    ['one that is stopped, whatever it would log', [{ ...stopped, selectors: denied }], 'bad'],
    ['one that logs reads, whether or not it logs', [{ ...reading, status: denied }], 'bad'],
    ['one that chooses by name', [trailOf({ selectors: { value: choosing } })], 'unknown'],
  ])('says of %s what it comes to', (_, trails, answer) => {
    expect(judgeTrails(trails, 'us-east-1').answer).toBe(answer);
  });

  it('names the command that starts a trail, in its own region', () => {
    expect(judgeTrails([stopped], 'us-east-1').fix).toBe(
      `aws cloudtrail start-logging --name ${ARN} --region eu-west-1`,
    );
    expect(judgeTrails([{ ...stopped, isOfOrganization: true }], 'us-east-1').fix).toContain(
      'in the management account of the organization',
    );
  });

  it('names the command that selects all events, and the one that makes a trail', () => {
    expect(judgeTrails([reading], 'us-east-1').fix).toContain(
      `aws cloudtrail put-event-selectors --trail-name ${ARN} --region eu-west-1 --event-selectors`,
    );
    expect(judgeTrails([], 'us-east-1').fix).toContain('aws cloudtrail create-trail');
  });

  it("says AWS's words and the permission where it is not told", () => {
    expect(judgeTrails([trailOf({ status: denied })], 'us-east-1')).toEqual({
      topic: 'trail',
      answer: 'unknown',
      seen: 'trail `audit`: AccessDeniedException: no',
      fix: 'allow this caller `cloudtrail:GetTrailStatus`',
      permission: 'cloudtrail:GetTrailStatus',
      isEssential: true,
    });
  });
});

function failing(): SeenTrail {
  return trailOf({ status: { value: { isLogging: true, deliveryError: 'AccessDenied' } } });
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EVERY_VPC,
  NETWORK_EVENTS,
  networkEventPattern,
  parseNetworkChange,
} from '../../functions/core/network-change.ts';
import { envelopeOf } from '../support/change-record.ts';

const OF_EC2 = { source: 'aws.ec2' };
const REPLACED = {
  eventSource: 'ec2.amazonaws.com',
  eventName: 'ReplaceRoute',
  requestParameters: {
    routeTableId: 'rtb-0a1b',
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: 'igw-0c2d',
  },
  responseElements: { requestId: '00000000-0000-4000-8000-000000000001', _return: true },
};

function parse(
  detail: Readonly<Record<string, unknown>> = {},
  outer: Readonly<Record<string, unknown>> = {},
) {
  return parseNetworkChange(envelopeOf({ ...REPLACED, ...detail }, { ...OF_EC2, ...outer }));
}

describe('networkEventPattern', () => {
  it('asks for the successful calls of the table, and for nothing that records may lack', () => {
    expect(networkEventPattern()).toEqual({
      source: ['aws.ec2'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['ec2.amazonaws.com'],
        eventName: NETWORK_EVENTS,
        errorCode: [{ exists: false }],
      },
    });
  });

  it('is shorter than EventBridge allows', () => {
    expect(JSON.stringify(networkEventPattern()).length).toBeLessThan(2048);
  });

  it('names every call once, in order', () => {
    expect(NETWORK_EVENTS).toEqual([...new Set(NETWORK_EVENTS)].sort());
  });
});

describe('parseNetworkChange', () => {
  it('reads a change of the network', () => {
    expect(parse()).toEqual({
      status: 'network',
      change: {
        eventId: '6c84fb90-0000-4000-8000-000000000003',
        eventTimeMs: Date.parse('2026-11-22T09:30:00Z'),
        resourceId: 'rtb-0a1b',
        ids: ['rtb-0a1b'],
      },
    });
  });

  it('knows what AWS goes on working on after the call', () => {
    expect(parse({ eventName: 'CreateNatGateway' })).toMatchObject({ change: { isSlow: true } });
  });

  it.each(NETWORK_EVENTS.map((eventName) => ({ eventName })))(
    'reads $eventName',
    ({ eventName }) => {
      expect(parse({ eventName }).status).toBe('network');
    },
  );

  it.each([
    { what: 'null', detail: { requestParameters: null, responseElements: null } },
    { what: 'no object', detail: { requestParameters: 'cut', responseElements: 7 } },
  ])('looks at everything where the parameters are $what', ({ detail }) => {
    expect(parse(detail)).toMatchObject({
      status: 'network',
      change: { resourceId: EVERY_VPC, ids: [] },
    });
  });

  it.each([
    { detail: {}, outer: { source: 'aws.s3' }, reason: 'source `aws.s3` is not watched' },
    {
      detail: {},
      outer: { 'detail-type': 'EC2 Instance State-change Notification' },
      reason: 'detail type `EC2 Instance State-change Notification` is not watched',
    },
    {
      detail: { eventSource: 's3.amazonaws.com' },
      outer: {},
      reason: '`s3.amazonaws.com` is not watched',
    },
    {
      detail: { eventName: 'RunInstances' },
      outer: {},
      reason: 'event `RunInstances` is not watched',
    },
    {
      detail: { errorCode: 'Client.DryRunOperation' },
      outer: {},
      reason: 'the call failed: `Client.DryRunOperation`',
    },
  ])('ignores it: $reason', ({ detail, outer, reason }) => {
    expect(parse(detail, outer)).toEqual({ status: 'ignored', reason });
  });

  it.each([
    {
      detail: { eventName: 7 },
      fault: '`detail.eventName`: expected a text of at most 1000 characters, got `7`',
    },
    {
      detail: { eventID: null },
      fault: '`detail.eventID`: expected a text of at most 1000 characters, got none',
    },
    {
      detail: { eventTime: '' },
      fault: '`detail.eventTime`: expected a text of at most 1000 characters, got none',
    },
    {
      detail: { eventTime: 'yesterday' },
      fault: '`detail.eventTime`: expected a time in UTC, got `yesterday`',
    },
  ])('is malformed: $fault', ({ detail, fault }) => {
    expect(parse(detail)).toEqual({ status: 'malformed', faults: [fault] });
  });

  it('never throws', () => {
    const anything = fc.anything();
    const detail = fc.record(
      {
        eventSource: fc.oneof(fc.constant('ec2.amazonaws.com'), anything),
        eventName: fc.oneof(fc.constantFrom(...NETWORK_EVENTS), anything),
        eventID: fc.oneof(fc.uuid(), anything),
        eventTime: fc.oneof(fc.constant('2026-11-22T09:30:00Z'), anything),
        requestParameters: anything,
        responseElements: anything,
      },
      { requiredKeys: [] },
    );

    fc.assert(
      fc.property(fc.oneof(detail, anything), (value) => {
        const parsed = parseNetworkChange({
          ...OF_EC2,
          'detail-type': 'AWS API Call via CloudTrail',
          detail: value,
        });
        expect(['network', 'ignored', 'malformed']).toContain(parsed.status);
      }),
    );
  });
});

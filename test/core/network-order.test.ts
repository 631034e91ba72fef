import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toResourceId } from '../../functions/core/network-change.ts';
import { parseMessage, toNetworkBody } from '../../functions/core/order.ts';
import { envelopeOf } from '../support/change-record.ts';

const NETWORK = { eventId: 'event-1', eventTimeMs: 1_795_338_000_000, ids: ['rtb-0a'] };

function ownMessage(network: unknown): string {
  return JSON.stringify({ source: 'lambda-vpc-guardrail', network });
}

describe('parseMessage, of the network', () => {
  it('makes an order of a change that EC2 made, which is not due yet', () => {
    const envelope = envelopeOf(
      {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'DeleteRoute',
        requestParameters: { routeTableId: 'rtb-0a', destinationCidrBlock: '0.0.0.0/0' },
        responseElements: { _return: true },
      },
      { source: 'aws.ec2' },
    );

    expect(parseMessage(JSON.stringify(envelope))).toMatchObject({
      status: 'network',
      order: { change: { resourceId: 'rtb-0a', ids: ['rtb-0a'] }, isDue: false },
    });
  });

  it('ignores other calls of EC2, with the reason', () => {
    const envelope = envelopeOf(
      { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' },
      { source: 'aws.ec2' },
    );

    expect(parseMessage(JSON.stringify(envelope))).toEqual({
      status: 'ignored',
      reason: 'event `RunInstances` is not watched',
    });
  });

  it('reads back what it sends itself as an order that is due', () => {
    const ids = fc.uniqueArray(
      fc.stringMatching(/^[0-9a-f]{17}$/u).map((digits) => `vpce-${digits}`),
      { maxLength: 50 },
    );
    const message = fc.record({
      eventId: fc.string({ minLength: 1, maxLength: 1000 }),
      eventTimeMs: fc.maxSafeNat(),
      ids,
    });

    fc.assert(
      fc.property(message, (rest) => {
        const change = { ...rest, resourceId: toResourceId(rest.ids) };

        expect(parseMessage(toNetworkBody(change))).toEqual({
          status: 'network',
          order: { change, isDue: true },
        });
      }),
    );
  });

  it.each([
    { network: 'x', fault: '`network`: expected an object, got `x`' },
    { network: { ...NETWORK, extra: 1 }, fault: '`network`: unknown key `extra`' },
    {
      network: { ...NETWORK, eventId: '' },
      fault: '`network.eventId`: expected a text of at most 1000 characters, got none',
    },
    {
      network: { ...NETWORK, eventTimeMs: 'now' },
      fault: '`network.eventTimeMs`: expected milliseconds, got `now`',
    },
    {
      network: { ...NETWORK, isSlow: 'yes' },
      fault: '`network.isSlow`: expected true, got `yes`',
    },
    {
      network: { ...NETWORK, ids: ['sg-0a'] },
      fault: '`network.ids`: expected ids of a network, got a list',
    },
  ])('is malformed: $fault', ({ network, fault }) => {
    expect(parseMessage(ownMessage(network))).toEqual({ status: 'malformed', faults: [fault] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeEventPattern,
  parseChangeEvent,
  WATCHED_EVENTS,
} from '../../functions/core/change-event.ts';
import { answerOf, envelopeOf, networkOf, ORDERS_ARN } from '../support/change-record.ts';

function changeOf(detail: Record<string, unknown>) {
  const parsed = parseChangeEvent(envelopeOf(detail));
  if (parsed.status !== 'change') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

describe('changeEventPattern', () => {
  it('asks for the successful calls of the table, and for nothing that records may lack', () => {
    expect(changeEventPattern()).toEqual({
      source: ['aws.lambda'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['lambda.amazonaws.com'],
        eventName: WATCHED_EVENTS.map(({ prefix }) => ({ prefix })),
        errorCode: [{ exists: false }],
      },
    });
  });
});

describe('parseChangeEvent', () => {
  it('reads a change of the attachment', () => {
    expect(parseChangeEvent(envelopeOf())).toEqual({
      status: 'change',
      event: {
        eventId: '6c84fb90-0000-4000-8000-000000000003',
        eventName: 'UpdateFunctionConfiguration20150331v2',
        kind: 'configuration',
        eventTimeMs: Date.parse('2026-11-22T09:30:00Z'),
        functionArn: ORDERS_ARN,
        actor: {
          principalArn: 'arn:aws:iam::123456789012:role/ci/deploy',
          accountId: '123456789012',
          sessionName: 'pipeline-7',
          userAgent: 'aws-cli/2.31',
        },
        isAttachmentRequested: true,
        claim: {
          attachment: {
            vpcId: 'vpc-1',
            subnetIds: ['subnet-1', 'subnet-2'],
            securityGroupIds: ['sg-1'],
            ipv6AllowedForDualStack: false,
          },
          role: 'arn:aws:iam::123456789012:role/lambda-role',
          revisionId: '8f14e45f-ceea-467f-a5d8-2d9a3c1b7e60',
        },
      },
    });
  });

  it.each([
    { eventName: 'CreateFunction20150331', kind: 'create' },
    { eventName: 'UpdateFunctionConfiguration', kind: 'configuration' },
    { eventName: 'UpdateFunctionConfiguration20150331', kind: 'configuration' },
    { eventName: 'UpdateFunctionCode20150331v2', kind: 'code' },
    { eventName: 'PublishVersion20150331', kind: 'version' },
    { eventName: 'CreateAlias20150331', kind: 'alias' },
    { eventName: 'UpdateAlias20150331', kind: 'alias' },
    { eventName: 'PutFunctionConcurrency20171031', kind: 'concurrency' },
    { eventName: 'DeleteFunctionConcurrency20171031', kind: 'concurrency' },
    { eventName: 'TagResource20170331v2', kind: 'tags' },
    { eventName: 'UntagResource20170331v2', kind: 'tags' },
    { eventName: 'DeleteFunction20150331', kind: 'delete' },
    { eventName: `CreateFunction2${'0'.repeat(85)}`, kind: 'create' },
  ])('takes $eventName for a change of kind $kind', ({ eventName, kind }) => {
    expect(changeOf({ eventName })).toMatchObject({ eventName, kind });
  });

  it.each([
    { eventName: 'CreateFunctionUrlConfig' },
    { eventName: 'AddPermission20150331v2' },
    { eventName: 'PutFunctionConcurrencyConfig' },
    { eventName: 'Invoke' },
    { eventName: `CreateFunction2${'0'.repeat(100)}` },
  ])('ignores $eventName', ({ eventName }) => {
    expect(parseChangeEvent(envelopeOf({ eventName }))).toMatchObject({
      status: 'ignored',
      reason: expect.stringMatching(/^event `.{1,100}` is not watched$/),
    });
  });

  it.each([
    { outer: { source: 'aws.s3' }, detail: {}, reason: 'source `aws.s3` is not watched' },
    {
      outer: { 'detail-type': 'AWS Service Event via CloudTrail' },
      detail: {},
      reason: 'detail type `AWS Service Event via CloudTrail` is not watched',
    },
    {
      outer: {},
      detail: { eventSource: 'glue.amazonaws.com' },
      reason: '`glue.amazonaws.com` is not watched',
    },
    {
      outer: {},
      detail: { errorCode: 'AccessDenied', requestParameters: null, responseElements: null },
      reason: 'the call failed: `AccessDenied`',
    },
    {
      outer: {},
      detail: { requestParameters: null, responseElements: null },
      reason: 'the record names no function',
    },
    {
      outer: {},
      detail: {
        recipientAccountId: '-',
        requestParameters: { functionName: 'orders' },
        responseElements: { functionArn: '-' },
      },
      reason: 'the record names no function',
    },
    {
      outer: {},
      detail: {
        eventName: 'TagResource20170331v2',
        requestParameters: {
          resource: 'arn:aws:lambda:us-east-1:123456789012:event-source-mapping:5f0e',
        },
        responseElements: null,
      },
      reason: 'the record names no function',
    },
  ])('ignores with a reason: $reason', ({ outer, detail, reason }) => {
    expect(parseChangeEvent(envelopeOf(detail, outer))).toEqual({ status: 'ignored', reason });
  });

  it.each([
    {
      name: 'an answered ARN with a version',
      detail: { responseElements: answerOf({ functionArn: `${ORDERS_ARN}:7` }) },
    },
    {
      name: 'a name in the request of a record without an answer',
      detail: { requestParameters: { functionName: 'orders' }, responseElements: null },
    },
    {
      name: 'a partial ARN in the request',
      detail: {
        recipientAccountId: '999999999999',
        requestParameters: { functionName: '123456789012:function:orders:PROD' },
        responseElements: null,
      },
    },
    {
      name: 'an ARN in the request, of another account and region than the record',
      detail: {
        recipientAccountId: '-',
        awsRegion: '-',
        requestParameters: { functionName: ORDERS_ARN },
        responseElements: {},
      },
    },
    {
      name: 'a redacted ARN beside a name in the request',
      detail: {
        requestParameters: { functionName: 'orders' },
        responseElements: { functionArn: '-' },
      },
    },
    {
      name: 'the ARN of a tagged function',
      detail: {
        eventName: 'TagResource20170331v2',
        requestParameters: { resource: ORDERS_ARN, tags: { team: 'a' } },
        responseElements: null,
      },
    },
  ])('finds the function by $name', ({ detail }) => {
    expect(changeOf(detail).functionArn).toBe(ORDERS_ARN);
  });

  it.each([
    { requestParameters: { functionName: 'orders:7' } },
    { requestParameters: { functionName: 'orders', qualifier: '7' } },
  ])('takes the delete of one version for no delete of the function: %j', (detail) => {
    const event = changeOf({
      eventName: 'DeleteFunction20150331',
      responseElements: null,
      ...detail,
    });

    expect(event.kind).toBe('version');
  });

  it.each([
    { requestParameters: { functionName: 'orders' }, expected: false },
    { requestParameters: { functionName: 'orders', vpcConfig: null }, expected: false },
    { requestParameters: { functionName: 'orders', vpcConfig: {} }, expected: true },
    { requestParameters: null, expected: false },
  ])('answers $expected to whether the call set VPC settings: $requestParameters', (row) => {
    const { requestParameters, expected } = row;

    expect(changeOf({ requestParameters }).isAttachmentRequested).toBe(expected);
  });

  it.each([
    { name: 'no VPC settings', answer: { vpcConfig: undefined } },
    { name: 'no VPC', answer: { vpcConfig: networkOf({ vpcId: '' }) } },
    { name: 'no subnet', answer: { vpcConfig: networkOf({ subnetIds: [] }) } },
    {
      name: 'subnets that are no list',
      answer: { vpcConfig: networkOf({ subnetIds: 'subnet-1' }) },
    },
    { name: 'a strange subnet', answer: { vpcConfig: networkOf({ subnetIds: ['subnet-1', 7] }) } },
    { name: 'a redacted subnet', answer: { vpcConfig: networkOf({ subnetIds: ['-'] }) } },
    {
      name: 'more subnets than any function has',
      answer: { vpcConfig: networkOf({ subnetIds: Array(65).fill('subnet-1') }) },
    },
    {
      name: 'a subnet of no subnet',
      answer: { vpcConfig: networkOf({ subnetIds: ['foobar-1'] }) },
    },
    {
      name: 'a subnet with a sign in front',
      answer: { vpcConfig: networkOf({ subnetIds: ['subnet-!1'] }) },
    },
    {
      name: 'a subnet with a sign behind',
      answer: { vpcConfig: networkOf({ subnetIds: ['subnet-1!'] }) },
    },
    { name: 'no group', answer: { vpcConfig: networkOf({ securityGroupIds: [] }) } },
    {
      name: 'a strange dual-stack setting',
      answer: { vpcConfig: networkOf({ ipv6AllowedForDualStack: 'no' }) },
    },
    { name: 'a redacted role', answer: { role: '-' } },
    { name: 'no role', answer: { role: undefined } },
    { name: 'a redacted revision', answer: { revisionId: '-' } },
    { name: 'no revision', answer: { revisionId: undefined } },
    { name: 'a revision with a sign in front', answer: { revisionId: '!8f14' } },
    { name: 'a revision with a sign behind', answer: { revisionId: '8f14!' } },
    { name: 'an ARN of a version', answer: { functionArn: `${ORDERS_ARN}:1` } },
  ])('claims nothing from an answer with $name', ({ answer }) => {
    expect(changeOf({ responseElements: answerOf(answer) })).not.toHaveProperty('claim');
  });

  it('keeps the kind of a call that answers with a version', () => {
    const responseElements = answerOf({ functionArn: `${ORDERS_ARN}:1` });

    expect(changeOf({ eventName: 'UpdateFunctionCode20150331v2', responseElements }).kind).toBe(
      'code',
    );
  });

  it('claims an attachment of $LATEST that is named so', () => {
    const responseElements = answerOf({ functionArn: `${ORDERS_ARN}:$LATEST` });

    expect(changeOf({ responseElements })).toHaveProperty('claim');
  });

  it('claims an attachment whose record does not say whether it is dual-stack', () => {
    const vpcConfig = networkOf({ ipv6AllowedForDualStack: undefined });

    expect(changeOf({ responseElements: answerOf({ vpcConfig }) })).toHaveProperty('claim');
  });

  it.each([
    {
      name: 'ids as long as AWS makes them',
      answer: { vpcConfig: networkOf({ subnetIds: ['subnet-0a1b2c3d4e5f67890'] }) },
    },
    {
      name: 'as many subnets as are read',
      answer: { vpcConfig: networkOf({ subnetIds: Array(64).fill('subnet-1') }) },
    },
    { name: 'a revision that begins with signs', answer: { revisionId: '--8' } },
  ])('claims an attachment with $name', ({ answer }) => {
    expect(changeOf({ responseElements: answerOf(answer) })).toHaveProperty('claim');
  });

  it('claims a dual-stack attachment', () => {
    const vpcConfig = networkOf({ ipv6AllowedForDualStack: true });

    expect(
      changeOf({ responseElements: answerOf({ vpcConfig }) }).claim?.attachment,
    ).toHaveProperty('ipv6AllowedForDualStack', true);
  });

  it.each([
    { envelope: 'x', faults: ['expected an EventBridge envelope, got `x`'] },
    { envelope: [], faults: ['expected an EventBridge envelope, got a list'] },
    {
      envelope: {},
      faults: [
        '`source`: expected a text of at most 1000 characters, got none',
        '`detail-type`: expected a text of at most 1000 characters, got none',
        '`detail.eventSource`: expected a text of at most 1000 characters, got none',
        '`detail.eventName`: expected a text of at most 1000 characters, got none',
      ],
    },
    {
      envelope: envelopeOf({}, { source: 7, detail: 'x' }),
      faults: [
        '`source`: expected a text of at most 1000 characters, got `7`',
        '`detail`: expected an object, got `x`',
        '`detail.eventSource`: expected a text of at most 1000 characters, got none',
        '`detail.eventName`: expected a text of at most 1000 characters, got none',
      ],
    },
    {
      envelope: envelopeOf({
        eventID: null,
        eventTime: 'yesterday',
        userIdentity: 'me',
        requestParameters: [],
        responseElements: { functionArn: 7 },
      }),
      faults: [
        '`detail.eventID`: expected a text of at most 1000 characters, got none',
        '`detail.requestParameters`: expected an object, got a list',
        '`detail.responseElements.functionArn`: expected a text of at most 1000 characters, got `7`',
        '`detail.userIdentity`: expected an object, got `me`',
        '`detail.eventTime`: expected a time in UTC, got `yesterday`',
      ],
    },
    {
      envelope: envelopeOf({ requestParameters: 'x' }),
      faults: ['`detail.requestParameters`: expected an object, got `x`'],
    },
    {
      envelope: envelopeOf({ eventTime: undefined, requestParameters: { functionName: {} } }),
      faults: [
        '`detail.eventTime`: expected a text of at most 1000 characters, got none',
        '`detail.requestParameters.functionName`: expected a text of at most 1000 characters, got an object',
      ],
    },
  ])('reports every fault: $faults', ({ envelope, faults }) => {
    const parsed = parseChangeEvent(envelope);

    expect(parsed.status === 'malformed' ? [...parsed.faults].sort() : parsed).toEqual(
      [...faults].sort(),
    );
  });

  it('takes names that every object inherits for missing', () => {
    const envelope: unknown = JSON.parse('{"__proto__": {"source": "aws.lambda"}, "detail": {}}');

    expect(parseChangeEvent(envelope).status).toBe('malformed');
  });

  it('never throws, and says little of what it was given', () => {
    const names = fc.constantFrom(
      ...['userIdentity', 'eventTime', 'eventName', 'requestParameters', 'responseElements'],
      ...['functionName', 'functionArn', 'vpcConfig', 'subnetIds', 'sessionContext', '__proto__'],
      ...['arn', 'sessionIssuer', 'errorCode', 'awsRegion', 'role', 'resource', 'eventID'],
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('CreateFunction20150331', ORDERS_ARN, 'x'.repeat(3000), '-', 'subnet-1'),
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 6 }),
      ),
    }));
    const details = fc.dictionary(names, value, { maxKeys: 8 });

    fc.assert(
      fc.property(fc.oneof(value, details.map(envelopeOf)), (envelope) => {
        const parsed = parseChangeEvent(envelope);
        const texts = {
          change: [],
          ignored: parsed.status === 'ignored' ? [parsed.reason] : [],
          malformed: parsed.status === 'malformed' ? parsed.faults : [],
        }[parsed.status];
        for (const text of texts) expect(text.length).toBeLessThan(250);
      }),
    );
  });
});

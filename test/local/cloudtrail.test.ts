import { describe, expect, it } from 'vitest';
import { toTrailCode, toTrailRecord, toTrailShape } from '../../lib/local/cloudtrail.ts';
import type { Caller } from '../../lib/local/identity/caller.ts';

const USER: Caller = {
  kind: 'user',
  accountId: '123456789012',
  accessKeyId: 'AKIA1',
  arn: 'arn:aws:iam::123456789012:user/ann',
  principalArn: 'arn:aws:iam::123456789012:user/ann',
  principalId: 'AIDA1',
  name: 'ann',
};
const CALL = {
  service: 'lambda',
  eventName: 'CreateFunction20150331',
  caller: USER,
  requestId: 'request-1',
  userAgent: 'aws-cli',
  request: { functionName: 'f' },
  response: { functionArn: 'arn' },
};
const CONTEXT = {
  accountId: '123456789012',
  region: 'us-east-1',
  nowMs: Date.UTC(2026, 10, 22, 10, 0, 0, 999),
  eventId: 'event-1',
};

describe('toTrailRecord', () => {
  it('writes a call that succeeded', () => {
    expect(toTrailRecord(CALL, CONTEXT)).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: 'AIDA1',
        arn: 'arn:aws:iam::123456789012:user/ann',
        accountId: '123456789012',
        accessKeyId: 'AKIA1',
        userName: 'ann',
      },
      eventTime: '2026-11-22T10:00:00Z',
      eventSource: 'lambda.amazonaws.com',
      eventName: 'CreateFunction20150331',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: 'aws-cli',
      requestParameters: { functionName: 'f' },
      responseElements: { functionArn: 'arn' },
      requestID: 'request-1',
      eventID: 'event-1',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '123456789012',
      eventCategory: 'Management',
    });
  });

  it('keeps the parameters of a call that failed', () => {
    const error = { code: 'InvalidParameterValueException', message: 'no such subnet' };

    expect(toTrailRecord({ ...CALL, error }, CONTEXT)).toMatchObject({
      errorCode: 'InvalidParameterValueException',
      errorMessage: 'no such subnet',
      requestParameters: { functionName: 'f' },
      responseElements: null,
    });
  });

  it('has no parameters of a call that was denied', () => {
    const error = { code: 'AccessDenied', message: 'not authorized' };

    expect(toTrailRecord({ ...CALL, error }, CONTEXT)).toMatchObject({
      errorCode: 'AccessDenied',
      requestParameters: null,
      responseElements: null,
    });
  });

  it('names the service that called on somebody’s behalf', () => {
    const caller = { ...USER, invokedBy: 'cloudformation.amazonaws.com' };

    expect(toTrailRecord({ ...CALL, caller }, CONTEXT)).toMatchObject({
      userIdentity: { invokedBy: 'cloudformation.amazonaws.com' },
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
    });
  });
});

describe('toTrailCode', () => {
  it.each([
    ['ec2', 'UnauthorizedOperation', 403, 'Client.UnauthorizedOperation'],
    ['ec2', 'RouteAlreadyExists', 400, 'Client.RouteAlreadyExists'],
    ['ec2', 'RequestLimitExceeded', 503, 'Client.RequestLimitExceeded'],
    ['ec2', 'InternalError', 500, 'Server.InternalError'],
    ['lambda', 'UnauthorizedOperation', 403, 'AccessDenied'],
    ['lambda', 'ResourceNotFoundException', 404, 'ResourceNotFoundException'],
  ])('calls of %s the error %s %i by %s', (name, code, status, written) => {
    const service = { name, denied: { code: 'UnauthorizedOperation', status: 403 } };

    expect(toTrailCode(service, { code, status })).toBe(written);
  });
});

describe('toTrailShape', () => {
  it('spells members in lower camel case, at every depth', () => {
    const shape = { VpcConfig: { SubnetIds: ['a'], Empty: [] }, Targets: [{ Id: 'x' }] };

    expect(toTrailShape(shape)).toEqual({
      vpcConfig: { subnetIds: ['a'], empty: [] },
      targets: [{ id: 'x' }],
    });
  });

  it('leaves names alone that people gave', () => {
    const shape = { Tags: { Owner: 'ann' }, Attributes: { DelaySeconds: '1' } };

    expect(toTrailShape(shape)).toEqual({
      tags: { Owner: 'ann' },
      attributes: { DelaySeconds: '1' },
    });
    expect(toTrailShape({ Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({
      tags: [{ key: 'a', value: 'b' }],
    });
  });

  it('leaves out bytes and what is absent, and writes dates as text', () => {
    const shape = { ZipFile: new Uint8Array(3), Absent: undefined, At: new Date(0), Null: null };

    expect(toTrailShape(shape)).toEqual({ at: '1970-01-01T00:00:00.000Z', null: null });
  });
});

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type AccountCore, perform, toFault } from '../account-core.ts';
import { findSigned, type Signed } from '../identity/signed-caller.ts';
import type { SideDoor } from '../server.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import { parseCredentialScope, type WireRequest } from '../wire/http.ts';
import type { Service } from '../wire/operation.ts';
import type { StoredObject } from './buckets.ts';
import { readChunkedBody } from './chunked-body.ts';
import { bucketHeaders, checkChecksum, objectHeaders, storedHeaders } from './s3-headers.ts';

/** Serves S3's REST protocol in path style: `/bucket/key`. */
export function createS3Door(core: AccountCore, service: Service): SideDoor {
  return async (request, response) => {
    const scope = parseCredentialScope(request);
    if (scope?.service !== service.name) return false;
    const requestId = randomUUID();
    response.setHeader('x-amz-request-id', requestId);
    try {
      const answered = await callS3(core, service, { request, requestId, ...scope });
      sendOutput(response, request, answered);
    } catch (error) {
      const fault = toFault(error);
      if (fault.connection !== undefined) throw fault;
      sendFault(response, request, { fault, requestId });
    }
    return true;
  };
}

async function callS3(
  core: AccountCore,
  service: Service,
  from: {
    readonly request: WireRequest;
    readonly requestId: string;
    readonly accessKeyId: string;
  },
): Promise<S3Answer> {
  const { request, requestId, accessKeyId } = from;
  const place = parsePlace(request.path);
  const name = OPERATIONS.get(`${request.method} ${place.Key === '' ? 'bucket' : 'object'}`);
  const operation = service.operations.find((candidate) => candidate.name === name);
  if (operation === undefined || place.Bucket === '' || hasSubresource(request)) {
    throw notOffered(request);
  }
  const signed = findSigned(core, request, accessKeyId);
  if (signed.kind !== 'caller') throw badKey(signed.kind);
  const Body = readBody(request);
  const ChecksumCRC32 = checkChecksum(request, Body);
  const ContentType = request.headers['content-type'] ?? 'binary/octet-stream';
  const userAgent = String(request.headers['user-agent'] ?? '');
  const output = await perform(core, {
    service,
    operation,
    input: {
      ...place,
      Body,
      ContentType,
      ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }),
    },
    caller: signed.caller,
    userAgent,
    requestId,
  });
  return { name: operation.name, bucket: place.Bucket, region: core.region, output };
}

/** What an operation did, before it is an answer of HTTP. */
interface S3Answer {
  readonly name: string;
  readonly bucket: string;
  readonly region: string;
  readonly output: Record<string, unknown>;
}

function badKey(kind: Exclude<Signed['kind'], 'caller'>): AwsFault {
  const { message, ...error } = BAD_KEYS[kind];
  return new AwsFault(message, error);
}

const BAD_KEYS = {
  unknown: {
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    code: 'InvalidAccessKeyId',
    status: 403,
  },
  'wrong-token': {
    message: 'The provided token is malformed or otherwise invalid.',
    code: 'InvalidToken',
    status: 400,
  },
  expired: { message: 'The provided token has expired.', code: 'ExpiredToken', status: 400 },
} as const;

/** AWS has all that is missing here: nobody should take this for its own answer. */
function notOffered({ method, path, query }: WireRequest): AwsFault {
  const asked = query.size === 0 ? path : `${path}?${query}`;
  return new AwsFault(`the local account does not offer \`${method} ${asked}\` of s3`, {
    code: 'UnknownOperationException',
    status: 400,
  });
}

const OPERATIONS = new Map([
  ['PUT bucket', 'CreateBucket'],
  ['HEAD bucket', 'HeadBucket'],
  ['PUT object', 'PutObject'],
  ['GET object', 'GetObject'],
  ['HEAD object', 'HeadObject'],
  ['DELETE object', 'DeleteObject'],
]);

function parsePlace(path: string): { readonly Bucket: string; readonly Key: string } {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decode(path)) ?? [];
  return { Bucket: bucket, Key: key };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AwsFault("Couldn't parse the specified URI.", {
      cause,
      code: 'InvalidURI',
      status: 400,
    });
  }
}

function hasSubresource({ query }: WireRequest): boolean {
  return [...query.keys()].some((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
}

function readBody({ body, headers }: WireRequest): Buffer {
  const isChunked = String(headers['content-encoding'] ?? '').includes('aws-chunked');
  return isChunked ? readChunkedBody(body) : body;
}

function sendOutput(response: ServerResponse, request: WireRequest, answered: S3Answer): void {
  const { name, bucket, region } = answered;
  const stored = parseStored(answered.output);
  if (name === 'DeleteObject') response.writeHead(204).end();
  else if (stored === undefined) response.writeHead(200, bucketHeaders(name, bucket, region)).end();
  else if (name === 'PutObject') response.writeHead(200, storedHeaders(stored)).end();
  else {
    response.writeHead(200, objectHeaders(stored, request));
    response.end(name === 'HeadObject' ? undefined : stored.body);
  }
}

function parseStored(output: Record<string, unknown>): StoredObject | undefined {
  return 'etag' in output ? (output as unknown as StoredObject) : undefined;
}

function sendFault(
  response: ServerResponse,
  { method }: WireRequest,
  { fault, requestId }: { readonly fault: AwsFault; readonly requestId: string },
): void {
  response.writeHead(fault.status, { 'content-type': 'application/xml' });
  const text = fault.message.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  response.end(
    method === 'HEAD'
      ? undefined
      : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${fault.code}</Code><Message>${text}</Message><RequestId>${requestId}</RequestId></Error>`,
  );
}
